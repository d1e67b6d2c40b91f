<?php

// MediaWiki's password types (Debian's mediawiki, unpacked at `PHP_PRODUCTS/mediawiki`).

class MWException extends Exception
{
}

require __DIR__ . '/products.php';

foreach (['PasswordError', 'Password', 'ParameterizedPassword', 'PasswordFactory', 'MWOldPassword', 'MWSaltedPassword', 'Pbkdf2Password', 'BcryptPassword', 'Argon2Password', 'LayeredParameterizedPassword', 'InvalidPassword'] as $class) {
    require file_of('mediawiki', "includes/password/$class.php");
}

$package = trim(shell_exec("dpkg-deb -f " . escapeshellarg(glob(file_of('', 'mediawiki*.deb'))[0]) . ' Version'));
$mediawiki = generated('MediaWiki', $package, 'GPL-2.0-or-later');
$pbkdf2 = fn (string $algo, int $cost, int $length) => ['class' => Pbkdf2Password::class, 'algo' => $algo, 'cost' => (string) $cost, 'length' => (string) $length];
$factory = new PasswordFactory([
    'A' => ['class' => MWOldPassword::class],
    'B' => ['class' => MWSaltedPassword::class],
    'pbkdf2' => $pbkdf2('sha512', 30, 64),
    'bcrypt' => ['class' => BcryptPassword::class, 'cost' => 4],
    'argon2' => ['class' => Argon2Password::class, 'algo' => 'auto'],
    'pbkdf2-legacyA' => ['class' => LayeredParameterizedPassword::class, 'types' => ['A', 'pbkdf2']],
    'pbkdf2-legacyB' => ['class' => LayeredParameterizedPassword::class, 'types' => ['B', 'pbkdf2']],
    'three' => ['class' => LayeredParameterizedPassword::class, 'types' => ['B', 'pbkdf2', 'bcrypt']],
], '');

/** What MediaWiki stores for this password where the parameters and salts are those of $settings. */
function mediawiki(string $settings, string $password): string
{
    global $factory;
    $object = $factory->newFromCiphertext($settings);
    $object->crypt($password);
    $stored = $object->toString();
    $factory->newFromCiphertext($stored)->verify($password) || throw new RuntimeException("MediaWiki says no to $stored");
    $factory->newFromCiphertext($stored)->verify("x$password") && throw new RuntimeException("MediaWiki says yes to $stored");
    return $stored;
}

$none = str_repeat('0', 32);
emit('mediawiki_a', $mediawiki, rows(chosen(), fn ($p) => [mediawiki(":A:$none", $p), []]));
emit('mediawiki_b', $mediawiki, rows(chosen(), fn ($p, $i) => [mediawiki(':B:' . bin2hex(salt($i, 4)) . ":$none", $p), []]));

$PARAMETERS = ['sha512:30:64', 'sha256:1000:128', 'sha1:10:20', 'sha512:3:512', 'sha384:5:48'];
$tests = rows(chosen(), fn ($p, $i) => [mediawiki(":pbkdf2:{$PARAMETERS[$i % 3]}:" . base64_encode(salt($i)) . ':x', $p), []]);
$tests[] = row(one('typical'), mediawiki(':pbkdf2:sha512:30000:64:' . base64_encode(salt(50)) . ':x', one('typical')['bytes']), [], ['RealisticParameters']);
emit('mediawiki_pbkdf2', $mediawiki, $tests);

// crypt() takes a C string.
emit('mediawiki_bcrypt', $mediawiki, rows(chosen(['nul-inside']), fn ($p, $i) => [mediawiki(':bcrypt:' . (4 + $i % 2) . '$' . bcrypt_salt($i) . '$x', $p), []]));

$tests = [];
foreach (chosen(['nul-inside']) as $i => $pw) {
    [$type, $settings, $salts] = [
        ['pbkdf2-legacyA', '!sha512:30:64', '!' . base64_encode(salt($i))],
        ['pbkdf2-legacyB', '!sha512:30:64', bin2hex(salt($i, 4)) . '!' . base64_encode(salt($i))],
        ['three', '!sha256:10:32!4', bin2hex(salt($i, 4)) . '!' . base64_encode(salt($i)) . '!' . bcrypt_salt($i)],
    ][$i % 3];
    $tests[] = $i % 3 === 2
        ? row($pw, mediawiki(":$type:$settings!$salts!x", $pw['bytes']), ['params' => ['types' => 'B,pbkdf2,bcrypt']])
        : row($pw, mediawiki(":$type:$settings!$salts!x", $pw['bytes']));
}
emit('mediawiki_layered', $mediawiki, $tests);

// Argon2 draws its salt: libsodium computes the text, and MediaWiki confirms it.
$tests = [];
foreach (chosen() as $i => $pw) {
    [$t, $m, $salt] = [1 + $i % 2, 64 << $i % 3, salt(200 + $i)];
    $hash = sodium_crypto_pwhash(32, $pw['bytes'], $salt, $t, $m * 1024, SODIUM_CRYPTO_PWHASH_ALG_ARGON2ID13);
    $text = ":argon2:\$argon2id\$v=19\$m=$m,t=$t,p=1\$" . rtrim(base64_encode($salt), '=') . '$' . rtrim(base64_encode($hash), '=');
    $factory->newFromCiphertext($text)->verify($pw['bytes']) || throw new RuntimeException("MediaWiki says no to $text");
    $tests[] = row($pw, $text);
}
emit('mediawiki_argon2', $mediawiki, $tests);
