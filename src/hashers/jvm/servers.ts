/** Servers and services that run on the JVM. */
import { anyHex, b64, bytes, constant, decimal, hex, layout, optional, text, u32be, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { bcryptBody } from '../templates/bodies.js';

const JENKINS =
  'https://github.com/jenkinsci/jenkins/blob/master/core/src/main/java/hudson/security/HudsonPrivateSecurityRealm.java';

export const jenkinsJbcrypt: Format = defineFormat({
  name: 'jenkins_jbcrypt',
  family: 'jvm',
  users: 2,
  layout: layout`#jbcrypt:${bcryptBody}`,
  recipe: 'bcrypt($p)',
  writers: 'Jenkins',
  sources: [JENKINS],
  example: {
    password: 'correct horse battery staple',
    digest: '#jbcrypt:$2a$04$QsmtNLEpXaX02KVpMs2KHO2NeHiTNtnm4YYkEeLfbXclhGQV4WNbK',
  },
});

export const jenkinsPbkdf2: Format = defineFormat({
  name: 'jenkins_pbkdf2',
  family: 'jvm',
  users: 4,
  layout: layout`$PBKDF2$HMACSHA512:${decimal('iterations', { min: 1 })}:${hex('salt')}$${hex('hash', 64)}`,
  recipe: 'pbkdf2_sha512($p, $s, $iterations)',
  writers: 'Jenkins where FIPS is on',
  sources: [JENKINS],
  example: {
    password: 'correct horse battery staple',
    digest:
      '$PBKDF2$HMACSHA512:10:43cebff508487a2b6036e7f7acf4bbab$d5125ec7d42f80c05a3bcb1fe3e940f0612aaa5afffedf1940977662e07408182379352a1ea4948266e02f0297d73f524f959280af08023b93ad53854d0bc2a4',
  },
});

export const hudsonSha256: Format = defineFormat({
  name: 'hudson_sha256',
  family: 'jvm',
  users: 4,
  layout: layout`${text('salt', { of: 'a-z' })}:${hex('hash', 32)}`,
  recipe: "sha256($p.'{'.$s.'}')",
  insecure: true,
  writers: 'Hudson, Jenkins before 1.600',
  traps: ['the salt is hashed in braces, after the password'],
  sources: [JENKINS],
  example: {
    password: 'correct horse battery staple',
    digest: 'abcdef:02715f39c1226bf976bb5db53a9bb37031686f612ed6956d93efcb03d000ad5a',
  },
});

export const liferayPbkdf2: Format = defineFormat({
  name: 'liferay_pbkdf2',
  family: 'jvm',
  users: 3,
  layout: layout`${optional`{${text('scheme', { min: 1, not: '}' })}}`}${b64(constant('000000a0'), u32be('iterations', { min: 1 }), bytes('salt', 8), bytes('hash', 20))}`,
  recipe: 'pbkdf2_sha1($p, $s, $iterations)',
  writers: 'Liferay 6.2 and later',
  traps: ['some rows begin with {PBKDF2…}'],
  sources: [
    'https://github.com/liferay/liferay-portal/blob/master/portal-impl/src/com/liferay/portal/security/pwd/PBKDF2PasswordEncryptor.java',
  ],
  example: { password: 'correct horse battery staple', digest: 'AAAAoAAAAApDzr/1CEh6K/VW+w2WWvUxj0SD9GwSkv8GgQH1' },
});

export const jakartaPbkdf2: Format = defineFormat({
  name: 'jakarta_pbkdf2',
  family: 'jvm',
  users: 3,
  layout: layout`PBKDF2WithHmac${word('algorithm', { SHA256: 'sha256', SHA512: 'sha512', SHA224: 'sha224', SHA384: 'sha384' })}:${decimal('iterations', { min: 1 })}:${b64('salt')}:${b64('hash')}`,
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations)',
  writers: 'Jakarta Security: GlassFish, Payara, WildFly',
  sources: [
    'https://github.com/eclipse-ee4j/soteria/blob/master/impl/src/main/java/org/glassfish/soteria/identitystores/hash/Pbkdf2PasswordHashImpl.java',
  ],
  example: {
    password: 'correct horse battery staple',
    digest:
      'PBKDF2WithHmacSHA256:2048:IbFOgzxOlGTQvrGn1GSrv+vCn79p+5t67n8ALzhOD70=:zCEPRf6+JeGbeTTRNKa73hKNmgOoJrM4MkjX1RLpI08=',
  },
});

export const sonarqubePbkdf2: Format = defineFormat({
  name: 'sonarqube_pbkdf2',
  family: 'jvm',
  users: 3,
  layout: layout`${decimal('iterations', { min: 1 })}$${b64('hash', 64)}`,
  recipe: 'pbkdf2_sha512($p, $s, $iterations)',
  companions: { salt: { field: b64('salt') } },
  writers: 'SonarQube 8.5 and later',
  traps: ['the column salt is Base64'],
  sources: [
    'https://github.com/SonarSource/sonarqube/blob/master/server/sonar-webserver-auth/src/main/java/org/sonar/server/authentication/CredentialsLocalAuthentication.java',
  ],
  example: {
    password: 'correct horse battery staple',
    digest: '10$exq2Dh3IWQw3xXoOq1E/VYbz6KWsjh2oMLXVB2w/ejxR2QCIh7yc06h79cNVvN+1pmXvOIS9IKyjcdFiWtxriA==',
    salt: 'Q86/9QhIeitgNuf3rPS7qzX7gZo=',
  },
});

export const neo4jSha256: Format = defineFormat({
  name: 'neo4j_sha256',
  family: 'jvm',
  users: 5,
  layout: layout`SHA-256,${anyHex('hash', 32)},${anyHex('salt')}${optional`,${decimal('iterations', { min: 1, default: 1 })}`}`,
  recipe: 'iterate($iterations, $s.$p, sha256_raw($x))',
  insecure: true,
  writers: 'Neo4j 3 and later',
  traps: [
    'Neo4j 3 has no number of iterations: one',
    'hexadecimal in capitals in version 3, in small letters in version 5',
  ],
  sources: ['https://github.com/neo4j/neo4j/tree/4.4/community/security'],
  example: {
    password: 'correct horse battery staple',
    digest:
      'SHA-256,0094AC123AFD71C8E13D9838760AAFCC4E2C9A6892B4194CB542E8F61AC4DF1A,43CEBFF508487A2B6036E7F7ACF4BBAB,1024',
  },
});

export const coldfusion10: Format = defineFormat({
  name: 'coldfusion10',
  family: 'jvm',
  users: 5,
  layout: layout`${anyHex('hash', 32)}`,
  recipe: 'sha256($s.HEX(sha1_raw($p)))',
  companions: { salt: { field: text('salt') } },
  insecure: true,
  looksLike: 'sha256',
  writers: 'ColdFusion 10 and later, its password.properties',
  traps: ['the inner hash is in capitals'],
  sources: ['https://hashcat.net/wiki/doku.php?id=example_hashes'],
  example: {
    password: 'hashcat',
    digest: '3f3473a071b1fb955544e80c81853ca0f1e4f9ee4ca3bf4d2a8a10b5ef5be1f6',
    salt: '6058321484538505215534207835727413038041028036676832416353152201',
  },
});

export const atlassianPbkdf2Sha1: Format = defineFormat({
  name: 'atlassian_pbkdf2_sha1',
  family: 'jvm',
  users: 2,
  layout: layout`{PKCS5S2}${b64(bytes('salt', 16), bytes('hash', { min: 16, usual: 32, partVerifies: true }))}`,
  recipe: 'pbkdf2_sha1($p, $s, 10000)',
  writers: 'Jira, Confluence, Bitbucket, Crowd of Atlassian',
  sources: ['https://passlib.readthedocs.io/en/stable/lib/passlib.hash.atlassian_pbkdf2_sha1.html'],
  example: {
    password: 'correct horse battery staple',
    digest: '{PKCS5S2}Q86/9QhIeitgNuf3rPS7qyud2l9xcAfCzw3a1TnzEVsB+g7NzlSuIyFNMskeCoSd',
  },
});
