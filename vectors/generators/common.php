<?php

// What the PHP generators share: the edge passwords, fixed salts, and how a group is printed.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Rows of passwords.json, each with its `bytes` and the `json` of a test's password. */
function passwords(array $skip = []): array
{
    $rows = json_decode(file_get_contents(__DIR__ . '/passwords.json'), true, 16, JSON_THROW_ON_ERROR);
    $made = [];
    foreach ($rows as $row) {
        if (isset($row['repeat'])) {
            ['text' => $text, 'bytes' => $bytes] = $row['repeat'];
            $row['utf8'] = substr(str_repeat($text, $bytes), 0, $bytes);
        }
        $row['bytes'] = $row['utf8'] ?? hex2bin($row['hex']);
        $row['json'] = isset($row['utf8']) ? ['utf8' => $row['utf8']] : ['hex' => $row['hex']];
        if (!in_array($row['id'], $skip, true)) {
            $made[] = $row;
        }
    }
    return $made;
}

function without_nul(array $passwords): array
{
    return array_values(array_filter($passwords, fn ($password) => !str_contains($password['bytes'], "\0")));
}

/** Salts are fixed, so that a second run writes the same file; each generator has its own. */
function salt(int $index, int $length = 16): string
{
    $label = 'digestry ' . basename($_SERVER['argv'][0]) . " $index";
    return substr(hash('sha512', $label, true), 0, $length);
}

function text_salt(int $index, int $length = 16): string
{
    return implode('', array_map(fn ($byte) => ALPHABET[ord($byte) % 62], str_split(salt($index, $length))));
}

/** 22 characters; the last carries only 2 bits of salt, hence one of four. */
function bcrypt_salt(int $index): string
{
    return text_salt($index, 21) . '.Oeu'[$index % 4];
}

function test(array $password, string $digest, array $flags = [], string $comment = '', array $more = []): array
{
    return [
        'id' => $password['id'] ?? null,
        'comment' => $comment === '' ? $password['comment'] : "{$password['comment']}, $comment",
        'flags' => array_values(array_unique([$password['flag'], ...$flags])),
        'password' => $password['json'],
        'digest' => $digest,
        'expect' => 'match',
        ...$more,
    ];
}

function source(string $name, string $version, string $license): array
{
    $path = 'vectors/generators/' . basename($_SERVER['argv'][0]);
    return compact('name', 'version', 'path', 'license') + ['method' => 'generated'];
}

function emit(string $hasher, array $source, array $tests): void
{
    echo json_encode(compact('hasher', 'source', 'tests'), JSON_THROW_ON_ERROR), "\n";
}
