<?php
// Runs the controller of the PHP sample under PHP's own web server, with as much of Zend Framework 1 as it uses.
declare(strict_types=1);

$server = __DIR__ . '/../../server/php';

class Zend_Request
{
    public function isGet(): bool { return $_SERVER['REQUEST_METHOD'] === 'GET'; }
    public function isPost(): bool { return $_SERVER['REQUEST_METHOD'] === 'POST'; }
    public function getParam(string $name): ?string { return $_GET[$name] ?? null; }
    public function getRawBody(): string { return (string) file_get_contents('php://input'); }
    public function getHeader(string $name): string|false
    {
        $key = strtoupper(str_replace('-', '_', $name));
        return $_SERVER["HTTP_$key"] ?? $_SERVER[$key] ?? false;
    }
}

class Zend_Response
{
    public function setHttpResponseCode(int $code): self { http_response_code($code); return $this; }
    public function setHeader(string $name, string $value, bool $replace): self { header("$name: $value", $replace); return $this; }
    public function setBody(string $body): self { echo $body; return $this; }
}

class Zend_Helper
{
    public function __get(string $name): self { return $this; }
    public function setNoRender(bool $flag): void {}
    public function disableLayout(): void {}
}

class Zend_Controller_Action
{
    protected Zend_Helper $_helper;
    public function __construct() { $this->_helper = new Zend_Helper(); }
    public function getRequest(): Zend_Request { return new Zend_Request(); }
    public function getResponse(): Zend_Response { return new Zend_Response(); }
}

foreach (['Validation', 'Kaltura', 'Store', 'Import', 'ImportController'] as $name) {
    require "$server/$name.php";
}
Onedrive_ImportController::$services = static function (Zend_Request $request): array {
    $config = json_decode((string) getenv('IMPORT_CONFIG'), true);
    $kaltura = new Onedrive_Kaltura($config['serviceUrl'], $config['partnerId'], $config['adminSecret']);
    $now = static fn (): int => (int) file_get_contents($config['clockFile']);
    $role = $request->getHeader('X-Test-Role');
    return [
        'user' => $role === false ? null : ['id' => $request->getHeader('X-Test-User') ?: 'noa.bar-lev', 'role' => $role],
        'config' => $config,
        'import' => new Onedrive_Import($kaltura, new Onedrive_Store($config['folder']), $config, $now),
    ];
};
(new Onedrive_ImportController())->importAction();
