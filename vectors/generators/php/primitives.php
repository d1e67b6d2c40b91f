<?php

// PHP's own functions by the formula of a product whose code cannot be run alone, or as a second source beside it.

require __DIR__ . '/products.php';

$php = generated('PHP', PHP_VERSION, 'PHP-3.01');
$withoutNul = chosen(['nul-inside']);

foreach (['md5', 'sha1', 'sha256', 'sha512'] as $algorithm) {
    emit("hmac_{$algorithm}_key_salt", $php, rows(chosen(), fn ($p, $i) => [hash_hmac($algorithm, $p, $s = text_salt($i, [8, 16, 40][$i % 3])), ['salt' => $s]]));
    emit("hmac_{$algorithm}_key_pass", $php, rows(chosen(), fn ($p, $i) => [hash_hmac($algorithm, $s = text_salt($i, [8, 16, 40][$i % 3]), $p), ['salt' => $s]]));
}
foreach (['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as $algorithm) {
    emit("{$algorithm}_salt_pass", $php, rows(chosen(), fn ($p, $i) => [hash($algorithm, ($s = text_salt(50 + $i, [8, 3, 40][$i % 3])) . $p), ['salt' => $s]]));
    emit("{$algorithm}_pass_salt", $php, rows(chosen(), fn ($p, $i) => [hash($algorithm, $p . ($s = text_salt(50 + $i, [8, 3, 40][$i % 3]))), ['salt' => $s]]));
}
foreach (['hex_sha1' => 'sha1', 'hex_sha224' => 'sha224', 'hex_sha384' => 'sha384', 'hex_sha512' => 'sha512', 'hex_md4' => 'md4', 'sha3_256' => 'sha3-256', 'sha3_512' => 'sha3-512'] as $format => $algorithm) {
    emit($format, $php, rows(chosen(), fn ($p) => [hash($algorithm, $p), []]));
}
foreach (['md5_md5', 'md5_sha1', 'sha1_md5', 'sha1_sha1', 'sha256_md5'] as $format) {
    [$outer, $inner] = explode('_', $format);
    emit($format, $php, rows(chosen(), fn ($p) => [hash($outer, hash($inner, $p)), []]));
}
foreach (['bcrypt_md5' => 'md5', 'bcrypt_sha1' => 'sha1', 'bcrypt_sha256_hex' => 'sha256', 'bcrypt_sha512_hex' => 'sha512'] as $format => $algorithm) {
    emit($format, $php, rows(chosen(), fn ($p, $i) => [crypt(hash($algorithm, $p), '$2' . 'yb'[$i % 2] . '$0' . (4 + $i % 2) . '$' . bcrypt_salt($i)), []]));
}
$texts = chosen(['latin1']);
foreach (['sha1', 'sha256', 'sha512'] as $algorithm) {
    emit("{$algorithm}_utf16le", $php, rows($texts, fn ($p) => [hash($algorithm, mb_convert_encoding($p, 'UTF-16LE', 'UTF-8')), []]));
}
emit('sha512_iterated', $php, rows(chosen(), function ($p, $i) {
    $iterations = [1, 25, 1000][$i % 3];
    for ($n = 0; $n < $iterations; $n++) {
        $p = hash('sha512', $p);
    }
    return [$p, ['params' => compact('iterations')]];
}));
emit('opencart', $php, rows(chosen(), fn ($p, $i) => [sha1(($s = text_salt($i, 9)) . sha1($s . sha1($p))), ['salt' => $s]]));
emit('redmine', $php, rows(chosen(), fn ($p, $i) => [sha1(($s = $i % 5 === 4 ? '' : bin2hex(salt($i, 16))) . sha1($p)), ['salt' => $s]], []));
emit('smf1', $php, rows(chosen(), fn ($p, $i) => [sha1(mb_strtolower($name = ['Alice', 'bob', 'Jürgen'][$i % 3]) . $p), ['username' => $name]]));
emit('moodle_md5', $php, rows(chosen(), fn ($p) => [md5($p . text_salt(1, 40)), ['pepper' => text_salt(1, 40)]]));
emit('moodle_sha512_crypt', $php, [
    ...rows($withoutNul, fn ($p, $i) => [crypt($p . ($i % 3 === 2 ? '' : 'Moodle.pepper.1'), '$6$rounds=1000$' . text_salt($i, 16)), $i % 3 === 2 ? [] : ['pepper' => 'Moodle.pepper.1']]),
    row(one('typical'), crypt(one('typical')['bytes'] . 'pepper', '$6$rounds=10000$' . text_salt(60, 16)), ['pepper' => 'pepper'], ['RealisticParameters'], "Moodle's default cost"),
]);
emit('authme_pbkdf2', $php, rows(chosen(), fn ($p, $i) => ["pbkdf2_sha256\$" . ($n = [1, 100, 1000][$i % 3]) . '$' . ($s = text_salt($i, 12)) . '$' . strtoupper(hash_pbkdf2('sha256', $p, $s, $n, 128)), []]));

// XenForo keeps a serialized array in a blob.
emit('xenforo_core', $php, rows(chosen(), function ($p, $i) {
    $hashFunc = ['sha256', 'sha1'][$i % 2];
    $salt = bin2hex(salt($i, 32));
    return [serialize(['hash' => hash($hashFunc, hash($hashFunc, $p) . $salt), 'salt' => $salt, 'hashFunc' => $hashFunc]), []];
}));
emit('xenforo_core12', $php, rows($withoutNul, fn ($p, $i) => [serialize(['hash' => crypt($p, '$2' . 'ay'[$i % 2] . '$0' . (4 + $i % 2) . '$' . bcrypt_salt($i))]), []]));

// Magento 2: libsodium's Argon2id with 64 MiB, or as the version says.
function magento(string $p, string $salt, array $versions): string
{
    foreach ($versions as $version) {
        [$kind, $length, $operations, $memory] = [...explode('_', $version), 32, 2, 67108864];
        $argon = fn () => bin2hex(sodium_crypto_pwhash((int) $length, $p, str_pad(substr($salt, 0, 16), 16, $salt), (int) $operations, (int) $memory, SODIUM_CRYPTO_PWHASH_ALG_ARGON2ID13));
        $p = match ($kind) {
            '0' => md5($salt . $p),
            '1' => hash('sha256', $salt . $p),
            '2', '3' => $argon(),
        };
    }
    return implode(':', [$p, $salt, ...$versions]);
}
$VERSIONS = [['0'], ['1'], ['3_32_1_65536'], ['0', '1'], ['1', '3_32_2_131072'], ['0', '3_32_1_8192'], ['0', '1', '3_16_1_65536']];
$tests = rows(chosen(), fn ($p, $i) => [magento($p, text_salt($i, [32, 16, 8][$i % 3]), $VERSIONS[$i % 7]), []]);
$tests[] = row(one('typical'), magento(one('typical')['bytes'], text_salt(60, 32), ['2']), [], ['RealisticParameters']);
$tests[] = row(one('nfc'), magento(one('nfc')['bytes'], text_salt(61, 32), ['1', '2']), [], ['RealisticParameters']);
$tests[] = row(one('emoji'), magento(one('emoji')['bytes'], text_salt(62, 32), ['3_32_2_67108864']), [], ['RealisticParameters']);
emit('magento2', generated('libsodium (PHP)', SODIUM_LIBRARY_VERSION, 'ISC'), $tests);
