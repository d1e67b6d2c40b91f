<?php

// ownCloud's Hasher, from which Nextcloud's comes (`PHP_PRODUCTS/owncloud`).

namespace OCP {
    interface IConfig
    {
    }
}

namespace OCP\Security {
    interface IHasher
    {
    }
}

namespace {
    require __DIR__ . '/products.php';
    require file_of('owncloud', 'lib/private/Security/Hasher.php');

    final class Config implements OCP\IConfig
    {
        public string $passwordsalt = '';

        public function getSystemValue(string $name, $default)
        {
            return $name === 'passwordsalt' ? $this->passwordsalt : $default;
        }
    }

    $owncloud = generated('ownCloud', '10.16 (0db82f5389)', 'AGPL-3.0-only');
    $tests = [];
    foreach (chosen(['nul-inside']) as $i => $pw) {
        $config = new Config();
        $p = $pw['bytes'];
        $pepper = text_salt(1, 30);
        $bcrypt = fn (string $bytes) => crypt($bytes, '$2y$0' . (4 + $i % 2) . '$' . bcrypt_salt($i));
        [$digest, $with] = match ($i % 3) {
            0 => ['1|' . $bcrypt($p), []],
            1 => [$bcrypt($p . $pepper), ['pepper' => $pepper]],
            2 => [sha1($p), []],
        };
        $config->passwordsalt = $with['pepper'] ?? '';
        $hasher = new OC\Security\Hasher($config);
        $hasher->verify($p, $digest) && !$hasher->verify("x$p", $digest) || throw new RuntimeException("ownCloud disagrees: $digest");
        $tests[] = row($pw, $digest, $with, $with === [] ? [] : ['Pepper']);
    }
    emit('nextcloud', $owncloud, $tests);
}
