<?php

// What the generators of this folder share. They run the hashing class or function of a product's own release, which is
// not packaged: PHP_PRODUCTS names a folder with one folder per product, in each the files at their own paths.

require dirname(__DIR__) . '/common.php';

const IDS = ['typical', 'mixed-case', 'empty', 'one', 'len55', 'len64', 'len73', 'len129', 'nfc', 'emoji', 'spaces', 'quotes', 'separators', 'nul-inside', 'latin1'];

/** Edge passwords in the order of IDS, without those named. */
function chosen(array $without = [], array $ids = IDS): array
{
    $rows = array_column(passwords(), null, 'id');
    return array_map(fn ($id) => $rows[$id], array_values(array_diff($ids, $without)));
}

function one(string $id): array
{
    return chosen([], [$id])[0];
}

function file_of(string $product, string $path): string
{
    $folder = getenv('PHP_PRODUCTS') ?: throw new RuntimeException('PHP_PRODUCTS is not set');
    return "$folder/$product/$path";
}

function generated(string $name, string $version, string $license): array
{
    $path = 'vectors/generators/php/' . basename($_SERVER['argv'][0]);
    return compact('name', 'version', 'path', 'license') + ['method' => 'generated'];
}

/** One function or method of a file that cannot be included whole, as source text. */
function source_of(string $file, string $function): string
{
    $tokens = token_get_all(file_get_contents($file));
    foreach ($tokens as $i => $token) {
        if (!is_array($token) || $token[0] !== T_FUNCTION) {
            continue;
        }
        $text = '';
        $depth = 0;
        for ($j = $i; $j < count($tokens); $j++) {
            $part = is_array($tokens[$j]) ? $tokens[$j][1] : $tokens[$j];
            $text .= $part;
            $depth += ($part === '{' || $part === '${') <=> ($part === '}');
            if ($part === '}' && $depth === 0) {
                break;
            }
        }
        if (preg_match('/^function\s+&?' . preg_quote($function, '/') . '\s*\(/', $text)) {
            return $text;
        }
    }
    throw new RuntimeException("$file has no function $function");
}

function define_function(string $product, string $path, string $function): void
{
    eval(source_of(file_of($product, $path), $function));
}

/** A test with what else the row holds. */
function row(array $password, string $digest, array $with = [], array $flags = [], string $comment = ''): array
{
    return test($password, $digest, $flags, $comment, $with === [] ? [] : ['with' => $with]);
}

/** One test a password; $digest takes the password's bytes and its number and gives [digest, with]. */
function rows(array $passwords, callable $digest, array $flags = []): array
{
    $tests = [];
    foreach ($passwords as $i => $password) {
        [$text, $with] = $digest($password['bytes'], $i);
        $tests[] = row($password, $text, $with, $flags);
    }
    return $tests;
}
