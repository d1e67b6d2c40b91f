<?php

// Products whose hashing is one small class or function, each run from its own release (`PHP_PRODUCTS/NAME`).

require __DIR__ . '/products.php';

$salts = fn (int $length) => fn (int $i) => text_salt($i, $length);
$must = fn (bool $yes, string $name) => $yes || throw new RuntimeException("$name disagrees");

// Backdrop keeps Drupal 7's password.inc, names changed.
define('BACKDROP_HASH_COUNT', 16);
define('BACKDROP_MIN_HASH_COUNT', 7);
define('BACKDROP_MAX_HASH_COUNT', 30);
define('BACKDROP_HASH_LENGTH', 55);
foreach (['_password_itoa64', '_password_base64_encode', '_password_get_count_log2', '_password_crypt', 'user_check_password'] as $name) {
    define_function('backdrop', 'core/includes/password.inc', $name);
}
$tests = [];
foreach (chosen() as $i => $pw) {
    $digest = _password_crypt('sha512', $pw['bytes'], '$S$' . '56789'[2 + $i % 3] . text_salt($i, 8));
    $must(user_check_password($pw['bytes'], (object) ['pass' => $digest]), 'Backdrop');
    $tests[] = row($pw, $digest);
}
foreach (['typical', 'nfc', 'empty'] as $i => $id) {
    $pw = one($id);
    foreach (['sha512' => '$S$', 'md5' => '$P$'] as $algorithm => $prefix) {
        $digest = 'U' . _password_crypt($algorithm, md5($pw['bytes']), $prefix . '9' . text_salt(50 + $i, 8));
        $must(user_check_password($pw['bytes'], (object) ['pass' => $digest]), 'Backdrop');
        $tests[] = row($pw, $digest, [], ['Rewrapped'], 'wrapped MD5 of Drupal 6');
    }
}
$tests[] = row(one('typical'), _password_crypt('sha512', one('typical')['bytes'], '$S$D' . text_salt(60, 8)), [], ['RealisticParameters'], '2^15 rounds');
emit('drupal7', generated('Backdrop CMS', '1.27 (266a5018c5)', 'GPL-2.0-or-later'), $tests);

// MyBB
final class Hooks
{
    public function run_hooks(string $name, array &$parameters): void
    {
    }
}
$plugins = new Hooks();
define_function('mybb', 'inc/functions.php', 'my_hash_equals');
define_function('mybb', 'inc/functions_user.php', 'create_password');
define_function('mybb', 'inc/functions_user.php', 'verify_user_password');
$tests = rows(chosen(), function ($p, $i) use ($must) {
    $made = create_password($p, text_salt($i, 8));
    $must(verify_user_password($made, $p), 'MyBB');
    return [$made['password'], ['salt' => $made['salt']]];
});
emit('mybb', generated('MyBB', '1.8.37 (9a701b248)', 'LGPL-3.0-or-later'), $tests);

// SMF 2.1: lower-case user name and password in bcrypt.
$smcFunc = ['strtolower' => fn (string $text) => mb_strtolower($text, 'UTF-8')];
define_function('smf21', 'Sources/Subs-Auth.php', 'hash_verify_password');
$tests = [];
foreach (chosen(['nul-inside']) as $i => $pw) {
    $name = ['Alice', 'bob', 'Jürgen', 'ÄÖÜ'][$i % 4];
    $digest = crypt(mb_strtolower($name) . $pw['bytes'], '$2y$0' . (4 + $i % 2) . '$' . bcrypt_salt($i));
    $must(hash_verify_password($name, $pw['bytes'], $digest) && !hash_verify_password("x$name", $pw['bytes'], $digest), 'SMF');
    $tests[] = row($pw, $digest, ['username' => $name], strtolower($name) === $name ? [] : ['UserNameCase']);
}
emit('smf2_bcrypt', generated('SMF', '2.1 (1468660f32)', 'BSD-3-Clause'), $tests);

// PHP-Fusion: the salt in the row is SHA-1 in hex and is the key.
define('IN_FUSION', true);
require file_of('fusion7', 'includes/classes/PasswordAuth.class.php');
$tests = rows(chosen(), function ($p, $i) use ($must) {
    $auth = new PasswordAuth();
    [$auth->inputPassword, $auth->currentAlgo, $auth->currentSalt] = [$p, 'sha256', sha1(text_salt($i, 12))];
    $auth->currentPasswordHash = hash_hmac('sha256', $p, $auth->currentSalt);
    $must($auth->isValidCurrentPassword(), 'PHP-Fusion');
    return [$auth->currentPasswordHash, ['salt' => $auth->currentSalt]];
});
emit('phpfusion', generated('PHP-Fusion', '7.02.07', 'AGPL-3.0-only'), $tests);

// CubeCart
eval('final class CubeCart { public ' . source_of(file_of('cubecart', 'classes/password.class.php'), 'getSalted') . '}');
emit('whirlpool_salt_pass_salt', generated('CubeCart', '6.5.6', 'GPL-3.0-only'), rows(chosen(), fn ($p, $i) => [(new CubeCart())->getSalted($p, $s = bin2hex(salt($i, 4))), ['salt' => $s]]));

// Zen Cart
eval('final class ZenCart { ' . implode(' public ', ['public ' . source_of(file_of('zencart', 'includes/classes/class.zcPassword.php'), 'validatePasswordOldMd5'), source_of(file_of('zencart', 'includes/classes/class.zcPassword.php'), 'validatePasswordCompatSha256')]) . '}');
function zen_not_null($value): bool
{
    return $value !== null && $value !== '';
}
$zen = generated('Zen Cart', '2.2 dev', 'GPL-2.0-only');
emit('oscommerce', $zen, rows(chosen(['empty']), function ($p, $i) use ($must) {
    $salt = text_salt($i, 2);
    $digest = md5($salt . $p) . ":$salt";
    $must((new ZenCart())->validatePasswordOldMd5($p, $digest), 'Zen Cart');
    return [$digest, []];
}));
emit('magento1_sha256', $zen, rows(chosen(['empty']), function ($p, $i) use ($must) {
    $salt = text_salt($i, 8);
    $digest = hash('sha256', $salt . $p) . ":$salt";
    $must((new ZenCart())->validatePasswordCompatSha256($p, $digest), 'Zen Cart');
    return [$digest, []];
}));

// osCommerce 2.3
function tep_not_null($value): bool
{
    return $value !== null && $value !== '';
}
define_function('osc234', 'catalog/includes/functions/password_funcs.php', 'tep_validate_old_password');
emit('oscommerce', generated('osCommerce', '2.3.4.1', 'GPL-2.0-only'), rows(chosen(['empty']), function ($p, $i) use ($must) {
    $salt = substr(md5((string) $i), 0, 2);
    $digest = md5($salt . $p) . ":$salt";
    $must(tep_validate_old_password($p, $digest), 'osCommerce');
    return [$digest, []];
}));

// OpenMage, the successor of Magento 1
class OpenMageHelper
{
    public function getVersionHash(object $encryptor): int
    {
        return 3;
    }
}
define('OPENMAGE', 'app/code/core/Mage/Core/Model/Encryption.php');
eval('final class OpenMage { const HASH_VERSION_MD5 = 0; const HASH_VERSION_SHA256 = 1; const HASH_VERSION_SHA512 = 2; const HASH_VERSION_LATEST = 3; const MAXIMUM_PASSWORD_LENGTH = 256; public object $_helper; public '
    . implode(' public ', array_map(fn ($name) => source_of(file_of('openmage', OPENMAGE), $name), ['hash', 'validateHash', 'validateHashByVersion'])) . '}');
$openmage = new OpenMage();
$openmage->_helper = new OpenMageHelper();
$mage = generated('OpenMage LTS', '20 (e18d6107b2)', 'OSL-3.0');
foreach (['oscommerce' => OpenMage::HASH_VERSION_MD5, 'magento1_sha256' => OpenMage::HASH_VERSION_SHA256] as $format => $version) {
    emit($format, $mage, rows(chosen(), function ($p, $i) use ($openmage, $version, $must) {
        $salt = text_salt(100 + $i, [2, 32][$i % 2]);
        $digest = $openmage->hash($salt . $p, $version) . ":$salt";
        $must($openmage->validateHash($p, $digest), 'OpenMage');
        return [$digest, []];
    }));
}

// thirty bees, the successor of PrestaShop 1.6
define('_COOKIE_KEY_', text_salt(0, 56));
eval('final class ThirtyBees { public static ' . source_of(file_of('thirtybees', 'classes/Tools.php'), 'encrypt') . '}');
emit('prestashop_md5', generated('thirty bees', '1.x', 'OSL-3.0'), rows(chosen(), fn ($p) => [ThirtyBees::encrypt($p), ['pepper' => _COOKIE_KEY_]]));

// CakePHP 2
final class Configure
{
    public static function read(string $name): string
    {
        return text_salt(1, 40);
    }
}
eval('final class Cake { public static $hashType; public static ' . source_of(file_of('cake2', 'lib/Cake/Utility/Security.php'), 'hash') . '}');
emit('cakephp_sha1', generated('CakePHP', '2.9.9', 'MIT'), rows(chosen(), fn ($p) => [Cake::hash($p, 'sha1', true), ['pepper' => Configure::read('')]]));

// Question2Answer
define_function('q2a', 'qa-include/db/users.php', 'qa_db_calc_passcheck');
function qa_to_override(string $name): bool
{
    return false;
}
emit('question2answer', generated('Question2Answer', '1.8 dev (2c945eab)', 'GPL-2.0-or-later'), rows(chosen(), fn ($p, $i) => [qa_db_calc_passcheck($p, $s = text_salt($i, 16)), ['salt' => $s]]));

// Ion Auth 2, which refuses an empty password
eval('final class IonAuth { public $hash_method = "sha1"; public $store_salt = false; public $salt_length = 10; public string $drawn; public function salt() { return $this->drawn; } public ' . source_of(file_of('ion2', 'models/Ion_auth_model.php'), 'hash_password') . '}');
emit('ion_auth_sha1', generated('Ion Auth', '2 (branch)', 'MIT'), rows(chosen(['empty']), function ($p, $i) {
    $ion = new IonAuth();
    $ion->drawn = text_salt($i, 10);
    return [$ion->hash_password($p), []];
}));

// ExpressionEngine, which refuses an empty password
define('PASSWORD_MAX_LENGTH', 72);
eval('final class ExpressionEngine { const BCRYPT_HASH_LENGTH = 60; private $hash_algos = [128 => "sha512", 64 => "sha256", 40 => "sha1", 32 => "md5"]; public ' . source_of(file_of('ee', 'system/ee/legacy/libraries/Auth.php'), 'hash_password') . '}');
emit('expressionengine_sha512', generated('ExpressionEngine', '7.5 (6a53e4297f)', 'Apache-2.0'), rows(chosen(['empty', 'len73', 'len129', 'emoji']), function ($p, $i) {
    $salt = '';
    for ($n = 0; $n < 4; $n++) {
        foreach (str_split(salt(100 * $n + $i, 32)) as $byte) {
            $salt .= chr(33 + ord($byte) % 94);
        }
    }
    $made = (new ExpressionEngine())->hash_password($p, $salt, 128);
    return [$made['password'], ['salt' => $made['salt']]];
}));

// FluxBB 2 and PunBB 1.3's digests of it
define_function('fluxbb', 'include/functions.php', 'flux_password_verify');
emit('punbb', generated('FluxBB', '1.6 dev (5a2f95a3)', 'GPL-2.0-or-later'), rows(chosen(), function ($p, $i) {
    $salt = text_salt($i, 12);
    // FluxBB hashes PunBB's once more with bcrypt; what it hashes is the digest.
    $digest = sha1($salt . sha1($p));
    flux_password_verify($p, "#SHA1-S#$salt#" . crypt($digest, '$2y$04$' . bcrypt_salt($i))) || throw new RuntimeException('FluxBB disagrees');
    return [$digest, ['salt' => $salt]];
}));

// ClassicPress reads WordPress' digests; it does not trim at this place.
define_function('classicpress', 'src/wp-includes/pluggable.php', 'wp_check_password');
function cp_hash_password_options(): array
{
    return [];
}
function apply_filters(string $name, $value)
{
    return $value;
}
$tests = [];
foreach (chosen() as $i => $pw) {
    $text = trim($pw['bytes']);
    $digest = '$wp' . crypt(base64_encode(hash_hmac('sha384', $text, 'wp-sha384', true)), '$2y$0' . (4 + $i % 2) . '$' . bcrypt_salt($i));
    $must(wp_check_password($text, $digest) && !wp_check_password("x$text", $digest), 'ClassicPress');
    $tests[] = row($pw, $digest, [], $text === $pw['bytes'] ? [] : ['Trimmed']);
}
foreach ([" \t\n\r\0\x0Bpadded\x0B\0\r\n\t ", "a\0b\0", "\xc2\xa0kept\xc2\xa0"] as $i => $p) {
    $digest = '$wp' . crypt(base64_encode(hash_hmac('sha384', trim($p), 'wp-sha384', true)), '$2y$04$' . bcrypt_salt(50 + $i));
    $must(wp_check_password(trim($p), $digest), 'ClassicPress');
    $tests[] = row(['comment' => 'white space and NUL at the ends', 'flag' => 'ControlCharacter', 'bytes' => $p, 'json' => ['utf8' => $p]], $digest, [], ['Trimmed']);
}
emit('wordpress_bcrypt', generated('ClassicPress', '2.x (its check of WordPress digests)', 'GPL-2.0-or-later'), $tests);

// Joomla 3, which still reads digests of before 3.2. An empty salt keeps its colon.
final class JCrypt
{
    public static function timingSafeCompare(string $known, string $unknown): bool
    {
        return hash_equals($known, $unknown);
    }
}
eval('final class Joomla { public static ' . source_of(file_of('joomla', 'libraries/src/User/UserHelper.php'), 'verifyPassword') . '}');
emit('joomla', generated('Joomla', '3.10 (50e84f7)', 'GPL-2.0-or-later'), rows(chosen(), function ($p, $i) use ($must) {
    $salt = $i % 5 === 4 ? '' : text_salt($i, [32, 16][$i % 2]);
    $digest = md5($p . $salt) . ":$salt";
    $must(Joomla::verifyPassword($p, $digest) && !Joomla::verifyPassword("x$p", $digest), 'Joomla');
    return [$digest, []];
}));
