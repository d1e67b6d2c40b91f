<?php
// PBKDF2 with hash functions other than the usual ones, by PHP's own code: php pbkdf2_prfs.php FOLDER writes FOLDER/pbkdf2-PRF-php.json.
$names = [
    'md5' => 'md5', 'sha224' => 'sha224', 'sha384' => 'sha384', 'sha512_256' => 'sha512/256',
    'sha3_224' => 'sha3-224', 'sha3_256' => 'sha3-256', 'sha3_384' => 'sha3-384', 'sha3_512' => 'sha3-512',
];
$cases = [
    ['an empty password and salt', '', '', 1, 16],
    ['one block', 'password', 'salt', 2, 16],
    ['three blocks, text outside ASCII', "pässwörd \u{1f511}", "s\u{e4}lt", 3, 150],
    ['a NUL in password and salt', "pass\0word", "sa\0lt", 50, 20],
    ['a password of one block of SHA-512 and of SHA-384', str_repeat('a', 128), str_repeat('s', 16), 7, 64],
    ['a password over each block', str_repeat('0123456789', 15), str_repeat('salt', 20), 7, 65],
    ['1000 iterations', 'hashcat', '12345678', 1000, 32],
];
foreach ($names as $name => $php) {
    $tests = [];
    foreach ($cases as $i => [$comment, $P, $S, $c, $dkLen]) {
        $tests[] = [
            'tcId' => $i + 1,
            'comment' => $comment,
            'inputs' => ['P' => bin2hex($P), 'S' => bin2hex($S), 'c' => $c, 'dkLen' => $dkLen],
            'output' => bin2hex(hash_pbkdf2($php, $P, $S, $c, $dkLen, true)),
        ];
    }
    $source = ['name' => 'PHP hash_pbkdf2', 'version' => PHP_VERSION, 'path' => 'vectors/generators/pbkdf2_prfs.php',
        'license' => 'PHP-3.01', 'method' => 'generated'];
    $text = json_encode(['source' => $source, 'tests' => $tests], JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    file_put_contents("$argv[1]/pbkdf2-$name-php.json", str_replace('    ', '  ', $text) . "\n");
}
