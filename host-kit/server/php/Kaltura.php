<?php
declare(strict_types=1);

/** An answer that is an error: its code is Kaltura's. */
final class Onedrive_KalturaRefused extends RuntimeException
{
    public function __construct(public readonly string $kalturaCode)
    {
        parent::__construct($kalturaCode);
    }
}

/** There was no answer to trust: the call may have been carried out. */
final class Onedrive_KalturaSilent extends RuntimeException
{
}

/** Calls to Kaltura with an administrator session, which never leaves the server. A site may use its own client instead. */
final class Onedrive_Kaltura
{
    private const SESSION_SECONDS = 3600;
    private const REQUEST_TIMEOUT_SECONDS = 120;
    private const ADMINISTRATOR = 2;
    private ?string $session = null;

    public function __construct(private readonly string $serviceUrl, private readonly int $partnerId, private readonly string $adminSecret)
    {
    }

    /** @throws Onedrive_KalturaRefused|Onedrive_KalturaSilent */
    public function call(string $service, string $action, array $parameters): mixed
    {
        // One PHP request is shorter than a session.
        $this->session ??= (string) $this->send('session', 'start', [
            'secret' => $this->adminSecret, 'userId' => '', 'type' => self::ADMINISTRATOR, 'partnerId' => $this->partnerId,
            'expiry' => self::SESSION_SECONDS, 'privileges' => 'disableentitlement',
        ]);
        return $this->send($service, $action, $parameters + ['ks' => $this->session]);
    }

    private function send(string $service, string $action, array $parameters): mixed
    {
        $context = stream_context_create(['http' => [
            'method' => 'POST',
            // Exactly this: Kaltura does not read "application/json; charset=utf-8".
            'header' => 'Content-Type: application/json',
            'content' => json_encode(['clientTag' => 'onedrive-picker-server', 'apiVersion' => '3.3.0', 'format' => 1] + $parameters, JSON_THROW_ON_ERROR),
            'timeout' => self::REQUEST_TIMEOUT_SECONDS,
            'follow_location' => 0,
            'ignore_errors' => true,
        ]]);
        $text = @file_get_contents("{$this->serviceUrl}/api_v3/service/$service/action/$action?format=1", false, $context);
        $answer = $text === false ? null : json_decode($text, true);
        if ($text === false || ($answer === null && trim($text) !== 'null')) {
            throw new Onedrive_KalturaSilent();
        }
        if (is_array($answer) && ($answer['objectType'] ?? null) === 'KalturaAPIException') {
            $code = (string) ($answer['code'] ?? '');
            throw str_starts_with($code, 'INTERNAL_') ? new Onedrive_KalturaSilent() : new Onedrive_KalturaRefused($code);
        }
        return $answer;
    }
}
