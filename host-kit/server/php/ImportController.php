<?php
declare(strict_types=1);

/**
 * The import's address within the module `onedrive`, in the manner of MediaSpace's modules (Zend Framework 1): the route is
 * /onedrive/import/import. POST takes a choice, GET says how it stands.
 *
 * The class that modules extend, how an action names its roles, and how the person who is signed in is found differ from version to version
 * of MediaSpace. What is marked SITE is the place to fill in.
 */
class Onedrive_ImportController extends Zend_Controller_Action
{
    private const MAX_BODY_BYTES = 2_000_000;

    /** SITE: the module's settings, and the classes for this site. */
    public static ?Closure $services = null;

    /** The lowest role that reaches each action. The action checks the role of the settings as well. */
    public function getAccessRules(): array
    {
        return [['actions' => ['import'], 'role' => 'privateOnlyRole']];
    }

    public function importAction(): void
    {
        $this->_helper->viewRenderer->setNoRender(true);
        $this->_helper->layout->disableLayout();
        try {
            [$status, $body] = $this->answer();
        } catch (Throwable) {
            // No details: they may hold a link or a session.
            [$status, $body] = [500, ['code' => 'internal_error']];
        }
        $this->getResponse()
            ->setHttpResponseCode($status)
            ->setHeader('Content-Type', 'application/json', true)
            ->setHeader('Cache-Control', 'no-store', true)
            ->setBody(json_encode($body, JSON_THROW_ON_ERROR));
    }

    private function answer(): array
    {
        $request = $this->getRequest();
        // SITE: `user` is ['id' => …, 'role' => …] of the person who is signed in, or null.
        ['user' => $user, 'config' => $config, 'import' => $import] = (self::$services)($request);
        if ($user === null) {
            return [401, ['code' => 'not_signed_in']];
        }
        if (!Onedrive_Validation::mayImport($user['role'], $config['allowedRoles'])) {
            return [403, ['code' => 'role_too_low']];
        }
        if ($request->isGet()) {
            $progress = $import->progress($user['id'], (string) $request->getParam('import'));
            return $progress === null ? [404, ['code' => 'unknown_import']] : [200, $progress];
        }
        if (!$request->isPost()) {
            return [405, ['code' => 'method_not_allowed']];
        }
        // A form of another site cannot send this type, and other sites' scripts have another origin.
        $isJson = $request->getHeader('Content-Type') === 'application/json';
        if (!$isJson || !in_array($request->getHeader('Origin'), $config['pageOrigins'], true)) {
            return [403, ['code' => 'foreign_request']];
        }
        $text = (string) $request->getRawBody();
        $body = strlen($text) > self::MAX_BODY_BYTES ? null : json_decode($text, true);
        $checked = Onedrive_Validation::validate($body, $config);
        if (isset($checked['problem'])) {
            return [422, array_filter(['code' => $checked['problem'], 'index' => $checked['index'] ?? null], fn ($value) => $value !== null)];
        }
        if (!isset($body['import'])) {
            return [202, ['import' => $import->begin($user['id'], $checked['items'])]];
        }
        $id = (string) $body['import'];
        return $import->renewLinks($user['id'], $id, $checked['items']) ? [202, ['import' => $id]] : [404, ['code' => 'unknown_import']];
    }
}
