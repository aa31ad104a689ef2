<?php
declare(strict_types=1);

/** What arrives comes from a browser: nothing of it is believed. Each rule that is broken has a code of its own. */
final class Onedrive_Validation
{
    /** Roles of MediaSpace, low to high. A role that is not listed counts as lower than all of them. */
    private const ROLES = ['emptyRole', 'anonymousRole', 'viewerRole', 'privateOnlyRole', 'adminRole', 'unmoderatedAdminRole'];
    private const ID = '/^[\w!.~-]{1,300}$/D';
    private const MAX_NAME_LENGTH = 250;
    private const MAX_LINK_LENGTH = 8000;
    /** Kaltura keeps others as broken JPEG. */
    private const UNSUPPORTED_IMAGE = '/\.(heic|heif|webp|avif)$/iD';

    public static function mayImport(?string $role, string $minimumRole): bool
    {
        $minimum = array_search($minimumRole, self::ROLES, true);
        $rank = array_search($role, self::ROLES, true);
        return $minimum !== false && $rank !== false && $rank >= $minimum;
    }

    /** `*.sharepoint.com` takes every host below it, by https; a whole origin is taken as it is. */
    private static function fitsHost(array $url, string $pattern): bool
    {
        $scheme = strtolower($url['scheme'] ?? '');
        $host = strtolower($url['host'] ?? '') . (isset($url['port']) ? ':' . $url['port'] : '');
        if (str_contains($pattern, '://')) {
            return "$scheme://$host" === $pattern;
        }
        $fits = str_starts_with($pattern, '*.') ? str_ends_with($host, substr($pattern, 1)) : $host === $pattern;
        return $scheme === 'https' && $fits;
    }

    public static function isAllowedLink(mixed $link, array $hosts): bool
    {
        // What browsers and PHP may read differently is no link.
        if (!is_string($link) || strlen($link) > self::MAX_LINK_LENGTH || preg_match('/[\x00-\x20\x7f\\\\]/', $link)) {
            return false;
        }
        $url = parse_url($link);
        if (!is_array($url) || isset($url['user']) || isset($url['pass'])) {
            return false;
        }
        foreach ($hosts as $pattern) {
            if (self::fitsHost($url, $pattern)) {
                return true;
            }
        }
        return false;
    }

    /** Why one item is not taken, or null. */
    private static function problemOf(mixed $item, array $config): ?string
    {
        if (!is_array($item)) {
            return 'invalid_item';
        }
        foreach (['id', 'driveId'] as $member) {
            if (!is_string($item[$member] ?? null) || !preg_match(self::ID, $item[$member])) {
                return 'invalid_id';
            }
        }
        $name = $item['name'] ?? null;
        if (!is_string($name) || trim($name) === '' || preg_match('/[\x00-\x1f]/', $name) || preg_match_all('/./us', $name) > self::MAX_NAME_LENGTH) {
            return 'invalid_name';
        }
        $mediaType = $item['mediaType'] ?? null;
        if (!in_array($mediaType, $config['mediaTypes'], true)) {
            return 'type_not_allowed';
        }
        if ($mediaType === 2 && preg_match(self::UNSUPPORTED_IMAGE, (string) ($item['fileName'] ?? ''))) {
            return 'image_type_not_supported';
        }
        $size = $item['size'] ?? null;
        if (!is_int($size) || $size < 1) {
            return 'invalid_size';
        }
        if ($size > $config['maxItemBytes']) {
            return 'too_large';
        }
        return self::isAllowedLink($item['link'] ?? null, $config['linkHosts']) ? null : 'link_not_allowed';
    }

    /** The items, or the problem of the request as a whole. Every item is right, or none is taken. */
    public static function validate(mixed $body, array $config): array
    {
        $items = is_array($body) ? $body['items'] ?? null : null;
        if (!is_array($items) || !array_is_list($items) || count($items) < 1 || count($items) > $config['maxItems']) {
            return ['problem' => 'invalid_items'];
        }
        $taken = [];
        foreach ($items as $index => $item) {
            $problem = self::problemOf($item, $config);
            if ($problem !== null) {
                return ['problem' => $problem, 'index' => $index];
            }
            $taken[] = [
                'id' => $item['id'], 'driveId' => $item['driveId'], 'name' => trim($item['name']), 'mediaType' => $item['mediaType'] ?? null,
                'fileName' => (string) ($item['fileName'] ?? ''), 'link' => $item['link'],
            ];
        }
        return ['items' => $taken];
    }
}
