<?php
declare(strict_types=1);

/**
 * The import of one person's choice. Each request of the page (the choice, then the questions how it stands) moves it on by a
 * few steps, so that no request takes long and a restart of the server loses nothing.
 *
 * A file is known by its reference, which is made of the person and the file: it is set with the administrator session, so
 * Kaltura keeps it, and Kaltura is asked for it before anything is added.
 */
final class Onedrive_Import
{
    private const ALL_STATES = '-2,-1,0,1,2,4,5,6,7';
    private const ALL_MODERATION_STATES = '1,2,3,5,6';
    private const NO_CONTENT = '7';
    private const FAILURES = ['-2' => 'ERROR_IMPORTING', '-1' => 'ERROR_CONVERTING', '3' => 'ENTRY_ID_NOT_FOUND', '6' => 'BLOCKED'];
    /** So many files are taken on within one request of the page. */
    private const FILES_PER_REQUEST = 10;
    /** So many files Kaltura downloads at a time. */
    private const DOWNLOADS_AT_ONCE = 20;
    /** After an `add` without an answer: two looks, so long apart, before another one. */
    private const LOOK_PAUSE_MS = 30_000;
    private const LOOKS_BEFORE_REPEAT = 2;
    private const ATTEMPTS = 5;
    /** The page is asked for a new link when the old one has this age. */
    private const OLD_LINK_MS = 30 * 60_000;
    private const WAITING = ['new', 'uncertain', 'added'];

    /** `$now` gives the milliseconds since 1970. */
    public function __construct(
        private readonly Onedrive_Kaltura $kaltura,
        private readonly Onedrive_Store $store,
        private readonly array $config,
        private readonly Closure $now,
    ) {
    }

    /** Takes validated items; answers the id of the import. */
    public function begin(string $userId, array $items): string
    {
        $references = [];
        foreach ($items as $item) {
            $reference = $this->reference($userId, $item);
            $known = $this->store->read($reference);
            // One record for a file of a person, whoever asks for it and how often: so it is never under way twice.
            if ($known === null || in_array($known['step'], ['ready', 'failed'], true)) {
                $failedEntry = $known !== null && $known['step'] === 'failed' ? $known['entryId'] ?? null : null;
                $known = ['step' => 'new', 'attempts' => 0, 'looks' => 0, 'failedEntry' => $failedEntry];
            }
            $this->store->write($reference, ['userId' => $userId, 'linkSince' => ($this->now)()] + $item + $known);
            $references[] = $reference;
        }
        $id = bin2hex(random_bytes(16));
        $this->store->write($id, ['userId' => $userId, 'references' => $references]);
        return $id;
    }

    /** Takes fresh links for files of an import that still wait; says whether the import is this person's. */
    public function renewLinks(string $userId, string $id, array $items): bool
    {
        $record = $this->store->read($id);
        if (($record['userId'] ?? null) !== $userId) {
            return false;
        }
        foreach ($items as $item) {
            $reference = $this->reference($userId, $item);
            $file = $this->store->read($reference);
            if (in_array($reference, $record['references'], true) && in_array($file['step'] ?? null, self::WAITING, true)) {
                $this->store->write($reference, ['link' => $item['link'], 'linkSince' => ($this->now)()] + $file);
            }
        }
        return true;
    }

    /** Moves an import on and says how its files stand; null if it is not this person's. */
    public function progress(string $userId, string $id): ?array
    {
        $record = $this->store->read($id);
        if (($record['userId'] ?? null) !== $userId) {
            return null;
        }
        $this->look($record['references']);
        $read = fn (string $reference): array => $this->store->read($reference) ?? ['step' => 'failed', 'error' => 'internal_error'];
        $isDownloading = fn (array $file): bool => $file['step'] === 'handed_over' && !($file['isConverting'] ?? false);
        $downloads = count(array_filter(array_map($read, $record['references']), $isDownloading));
        $steps = 0;
        foreach ($record['references'] as $reference) {
            if ($steps >= self::FILES_PER_REQUEST || $downloads >= self::DOWNLOADS_AT_ONCE) {
                break;
            }
            if (!in_array($read($reference)['step'], self::WAITING, true)) {
                continue;
            }
            $steps++;
            $this->store->exclusively($reference, fn () => $this->bring($reference));
            $downloads += $read($reference)['step'] === 'handed_over' ? 1 : 0;
        }
        $files = array_map($read, $record['references']);
        $wanted = array_values(array_filter($files, fn (array $file): bool => $this->wantsLink($file)));
        return [
            'files' => array_map(self::shown(...), $files),
            // The page gets these by `picker.refreshLinks` and posts the items again.
            'linksWanted' => array_map(fn (array $file): array => ['id' => $file['id'], 'driveId' => $file['driveId']], $wanted),
        ];
    }

    private function reference(string $userId, array $item): string
    {
        return substr(hash('sha256', implode("\n", [$this->config['partnerId'], $userId, $item['driveId'], $item['id']])), 0, 32);
    }

    private function wantsLink(array $file): bool
    {
        return in_array($file['step'], self::WAITING, true) && ($this->now)() - $file['linkSince'] > self::OLD_LINK_MS;
    }

    /** One file, as far as it goes now. */
    private function bring(string $reference): void
    {
        $file = $this->store->read($reference);
        try {
            if ($file['step'] === 'uncertain') {
                $this->seekUnansweredEntry($reference, $file);
            }
            if ($file['step'] === 'new') {
                $this->add($reference, $file);
            }
            if ($file['step'] === 'added' && !$this->wantsLink($file)) {
                $this->handOver($reference, $file);
            }
        } catch (Onedrive_KalturaSilent) {
            // The next request of the page tries again.
        } catch (Onedrive_KalturaRefused $refused) {
            // A rate limit passes by itself.
            if (!in_array($refused->kalturaCode, ['ACTION_BLOCKED', 'LOCK_TIMED_OUT'], true)) {
                $file = ['step' => 'failed', 'error' => $refused->kalturaCode, 'link' => null] + $file;
            }
        }
        $this->store->write($reference, $file);
    }

    private function find(string $reference, string $userId): array
    {
        $answer = $this->kaltura->call('baseEntry', 'list', ['filter' => [
            'objectType' => 'KalturaBaseEntryFilter', 'referenceIdEqual' => $reference, 'userIdEqual' => $userId,
            'statusIn' => self::ALL_STATES, 'moderationStatusIn' => self::ALL_MODERATION_STATES,
        ]]);
        return $answer['objects'] ?? [];
    }

    private function seekUnansweredEntry(string $reference, array &$file): void
    {
        if (($this->now)() < $file['lookAt']) {
            return;
        }
        $found = array_values(array_filter($this->find($reference, $file['userId']), fn (array $entry): bool => $entry['id'] !== ($file['failedEntry'] ?? null)));
        $file['looks']++;
        if ($found !== []) {
            $file = ['step' => 'added', 'entryId' => $found[0]['id'], 'isDraft' => (string) $found[0]['status'] === '2'] + $file;
        } elseif ($file['looks'] >= self::LOOKS_BEFORE_REPEAT) {
            $file = ['step' => 'new', 'looks' => 0] + $file;
        } else {
            $file['lookAt'] = ($this->now)() + self::LOOK_PAUSE_MS;
        }
        if ($file['step'] === 'new' && $file['attempts'] >= self::ATTEMPTS) {
            $file = ['step' => 'failed', 'error' => 'no_answer'] + $file;
        }
    }

    private function add(string $reference, array &$file): void
    {
        if (($file['failedEntry'] ?? null) !== null) {
            $this->ignoring('ENTRY_ID_NOT_FOUND', 'baseEntry', 'delete', ['entryId' => $file['failedEntry']]);
            $file['failedEntry'] = null;
            $this->store->write($reference, $file);
        }
        $found = $this->find($reference, $file['userId']);
        foreach ($found as $entry) {
            if (in_array((string) $entry['status'], ['0', '1', '2', '4', '5'], true)) {
                $file = ['step' => 'handed_over', 'entryId' => $entry['id'], 'duplicate' => true] + $file;
                return;
            }
        }
        foreach ($found as $entry) {
            if ((string) $entry['status'] === self::NO_CONTENT) {
                $file = ['step' => 'added', 'entryId' => $entry['id']] + $file;
                return;
            }
        }
        $kind = $file['mediaType'] !== null
            ? ['objectType' => 'KalturaMediaEntry', 'mediaType' => $file['mediaType']] + array_filter(['conversionProfileId' => $this->config['conversionProfileId'] ?? null])
            : ['objectType' => 'KalturaDocumentEntry', 'documentType' => preg_match('/\.pdf$/iD', $file['fileName']) ? 13 : 11];
        $entry = $kind + [
            'name' => $file['name'], 'referenceId' => $reference, 'adminTags' => 'onedrive', 'userId' => $file['userId'], 'creatorId' => $file['userId'],
        ];
        // Saved before it is sent: after a crash the entry is sought, not added again.
        $file = ['step' => 'uncertain', 'lookAt' => ($this->now)() + self::LOOK_PAUSE_MS, 'attempts' => $file['attempts'] + 1] + $file;
        $this->store->write($reference, $file);
        try {
            $added = $this->kaltura->call($file['mediaType'] !== null ? 'media' : 'baseEntry', 'add', ['entry' => $entry]);
        } catch (Onedrive_KalturaRefused $refused) {
            // Refused, and so not carried out; a silence leaves it uncertain.
            $file['step'] = 'new';
            throw $refused;
        }
        $file = ['step' => 'added', 'entryId' => $added['id'], 'isDraft' => (string) $added['status'] === '2'] + $file;
        $this->store->write($reference, $file);
    }

    private function handOver(string $reference, array &$file): void
    {
        $entryId = $file['entryId'];
        if (($this->config['categoryId'] ?? null) !== null && !($file['isPublished'] ?? false)) {
            $this->ignoring('CATEGORY_ENTRY_ALREADY_EXISTS', 'categoryEntry', 'add', [
                'categoryEntry' => ['objectType' => 'KalturaCategoryEntry', 'entryId' => $entryId, 'categoryId' => $this->config['categoryId']],
            ]);
            $file['isPublished'] = true;
            $this->store->write($reference, $file);
        }
        if (($this->config['instanceId'] ?? null) !== null && !($file['hasInstanceId'] ?? false)) {
            $xml = '<metadata><InstanceId>' . htmlspecialchars((string) $this->config['instanceId'], ENT_XML1 | ENT_QUOTES) . '</InstanceId></metadata>';
            $this->ignoring('METADATA_ALREADY_EXISTS', 'metadata_metadata', 'add', [
                'metadataProfileId' => $this->config['metadataProfileId'], 'objectType' => '1', 'objectId' => $entryId, 'xmlData' => $xml,
            ]);
            $file['hasInstanceId'] = true;
            $this->store->write($reference, $file);
        }
        $resource = ['objectType' => 'KalturaUrlResource', 'url' => self::safeLink($file['link']), 'forceAsyncDownload' => true];
        $wasUncertain = $file['isContentUncertain'] ?? false;
        $file['isContentUncertain'] = true;
        $this->store->write($reference, $file);
        $isDraft = $file['isDraft'] ?? false;
        $service = $isDraft ? 'baseEntry' : ($file['mediaType'] !== null ? 'media' : 'document_documents');
        // Content that is there already is what an earlier attempt without an answer has brought.
        $this->ignoring($wasUncertain ? 'ENTRY_ALREADY_WITH_CONTENT' : '', $service, $isDraft ? 'updateContent' : 'addContent', ['entryId' => $entryId, 'resource' => $resource]);
        $file = ['step' => 'handed_over', 'link' => null, 'handedOverAt' => ($this->now)()] + $file;
    }

    private function ignoring(string $code, string $service, string $action, array $parameters): void
    {
        try {
            $this->kaltura->call($service, $action, $parameters);
        } catch (Onedrive_KalturaRefused $refused) {
            if ($refused->kalturaCode !== $code) {
                throw $refused;
            }
        }
    }

    /** Reads the states of all entries that are under way, in one call. */
    private function look(array $references): void
    {
        $followed = [];
        foreach ($references as $reference) {
            $file = $this->store->read($reference);
            if (($file['step'] ?? null) === 'handed_over') {
                $followed[$reference] = $file;
            }
        }
        if ($followed === []) {
            return;
        }
        try {
            $entries = $this->kaltura->call('baseEntry', 'getByIds', ['entryIds' => implode(',', array_column($followed, 'entryId'))]);
        } catch (Onedrive_KalturaSilent | Onedrive_KalturaRefused) {
            return;
        }
        $byId = array_column($entries, null, 'id');
        foreach ($followed as $reference => $file) {
            $entry = $byId[$file['entryId']] ?? ['status' => 3];
            $status = (string) $entry['status'];
            // A draft that Kaltura calls ready from the start is done when its content has replaced nothing, or shows.
            $wasReplacing = $file['wasReplacing'] ?? false;
            $showsContent = $wasReplacing || (int) ($entry['duration'] ?? 0) > 0 || ($entry['flavorParamsIds'] ?? '') !== '';
            $isBeingReplaced = ($entry['replacingEntryId'] ?? '') !== '';
            $isReplacing = ($file['isDraft'] ?? false) && ($isBeingReplaced || !$showsContent);
            $file['wasReplacing'] = $wasReplacing || $isBeingReplaced;
            $failure = self::FAILURES[$status] ?? (str_starts_with($status, 'virusScan') ? $status : null);
            if ($failure !== null) {
                $file = ['step' => 'failed', 'error' => $failure] + $file;
            } elseif (in_array($status, ['2', '5'], true) && !$isReplacing) {
                $isPending = $status === '5' || (string) ($entry['moderationStatus'] ?? '') === '1';
                $file = ['step' => 'ready', 'moderation' => $isPending ? 'pending' : null] + $file;
            } else {
                $file['isConverting'] = $status === '1';
            }
            $this->store->write($reference, $file);
        }
    }

    /** Kaltura makes one slash of two, except after the scheme. */
    public static function safeLink(string $link): string
    {
        return preg_replace_callback('~^\w+://|//~', fn (array $part): string => strlen($part[0]) > 2 ? $part[0] : '%2F%2F', $link);
    }

    /** What the picker shows of a file. */
    private static function shown(array $file): array
    {
        $step = $file['step'];
        $isHandedOver = $step === 'handed_over' || $step === 'ready';
        $isConverting = $file['isConverting'] ?? false;
        return array_filter([
            'id' => $file['id'], 'driveId' => $file['driveId'], 'name' => $file['name'], 'entryId' => $file['entryId'] ?? null,
            'duplicate' => $file['duplicate'] ?? null, 'moderation' => $file['moderation'] ?? null,
            'state' => in_array($step, ['ready', 'failed'], true) ? $step : ($step === 'handed_over' ? 'importing' : 'queued'),
            'handedOver' => $isHandedOver,
            'percent' => $step === 'ready' ? 100 : ($step === 'handed_over' ? ($isConverting ? 60 : 20) : 0),
            'error' => isset($file['error']) ? ['code' => $file['error'], 'message' => $file['error']] : null,
        ], fn (mixed $value): bool => $value !== null);
    }
}
