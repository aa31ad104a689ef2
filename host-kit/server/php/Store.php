<?php
declare(strict_types=1);

/**
 * What is known about each file of each person, as JSON files in one folder that no browser reaches: the links in it are
 * secrets. A site with several servers needs its database instead, with a lock for each name.
 */
final class Onedrive_Store
{
    /** References are hexadecimal; nothing else becomes the name of a file. */
    private const NAME = '/^[\da-f]{32}$/D';

    public function __construct(private readonly string $folder)
    {
        if (!is_dir($folder)) {
            mkdir($folder, 0700, true);
        }
    }

    public function read(string $name): ?array
    {
        if (!preg_match(self::NAME, $name)) {
            return null;
        }
        $text = @file_get_contents("{$this->folder}/$name.json");
        return $text === false ? null : json_decode($text, true);
    }

    public function write(string $name, array $value): void
    {
        $file = "{$this->folder}/$name.json";
        file_put_contents("$file.new", json_encode($value, JSON_THROW_ON_ERROR));
        chmod("$file.new", 0600);
        rename("$file.new", $file);
    }

    /** Does something with a name that nobody else does at the same time; nothing if somebody does. */
    public function exclusively(string $name, callable $work): void
    {
        $lock = fopen("{$this->folder}/$name.lock", 'c');
        if ($lock === false || !flock($lock, LOCK_EX | LOCK_NB)) {
            return;
        }
        try {
            $work();
        } finally {
            flock($lock, LOCK_UN);
        }
    }
}
