/** Dumps of databases in SQL, as mysqldump, pg_dump and sqlite3 write them. */
import type { Shape } from './contract.js';
import { wordpress } from './csv.js';
import { emailOf, personOf, sqlDateOf } from './people.js';
import { devise, djangoCsv } from './tables.js';

const DUMP = { format: 'sql', extension: 'sql' } as const;
/** About a megabyte, the default net_buffer_length of mysqldump. */
const ROWS_OF_INSERT = 5000;
const INSERT_USERS = 'INSERT INTO `wp_users` VALUES ';

/** The rows of a table in INSERTs of about a megabyte, each in one line; another table comes first. */
export const mysqldump: Shape = {
  ...DUMP,
  title: 'wp_users of WordPress by mysqldump',
  urls: [
    'https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html',
    'https://github.com/WordPress/wordpress-develop/blob/trunk/src/wp-admin/includes/schema.php',
  ],
  source: 'wordpress',
  head: `-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: localhost    Database: wordpress
-- ------------------------------------------------------
-- Server version	8.0.36

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!50503 SET NAMES utf8mb4 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;

--
-- Table structure for table \`wp_usermeta\`
--

DROP TABLE IF EXISTS \`wp_usermeta\`;
CREATE TABLE \`wp_usermeta\` (
  \`umeta_id\` bigint unsigned NOT NULL AUTO_INCREMENT,
  \`user_id\` bigint unsigned NOT NULL DEFAULT '0',
  \`meta_key\` varchar(255) COLLATE utf8mb4_unicode_520_ci DEFAULT NULL,
  \`meta_value\` longtext COLLATE utf8mb4_unicode_520_ci,
  PRIMARY KEY (\`umeta_id\`),
  KEY \`meta_key\` (\`meta_key\`(191))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

LOCK TABLES \`wp_usermeta\` WRITE;
/*!40000 ALTER TABLE \`wp_usermeta\` DISABLE KEYS */;
INSERT INTO \`wp_usermeta\` VALUES (1,1,'nickname','it\\'s; a \\"name\\"'),(2,1,'wp_capabilities','a:1:{s:13:\\"administrator\\";b:1;}'),(3,1,'description',NULL);
/*!40000 ALTER TABLE \`wp_usermeta\` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table \`wp_users\`
--

DROP TABLE IF EXISTS \`wp_users\`;
CREATE TABLE \`wp_users\` (
  \`ID\` bigint unsigned NOT NULL AUTO_INCREMENT,
  \`user_login\` varchar(60) COLLATE utf8mb4_unicode_520_ci NOT NULL DEFAULT '',
  \`user_pass\` varchar(255) COLLATE utf8mb4_unicode_520_ci NOT NULL DEFAULT '',
  \`user_nicename\` varchar(50) COLLATE utf8mb4_unicode_520_ci NOT NULL DEFAULT '',
  \`user_email\` varchar(100) COLLATE utf8mb4_unicode_520_ci NOT NULL DEFAULT '',
  \`user_url\` varchar(100) COLLATE utf8mb4_unicode_520_ci NOT NULL DEFAULT '',
  \`user_registered\` datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  \`user_activation_key\` varchar(255) COLLATE utf8mb4_unicode_520_ci NOT NULL DEFAULT '',
  \`user_status\` int NOT NULL DEFAULT '0',
  \`display_name\` varchar(250) COLLATE utf8mb4_unicode_520_ci NOT NULL DEFAULT '',
  PRIMARY KEY (\`ID\`),
  KEY \`user_login_key\` (\`user_login\`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

LOCK TABLES \`wp_users\` WRITE;
/*!40000 ALTER TABLE \`wp_users\` DISABLE KEYS */;
${INSERT_USERS}`,
  between: ',',
  group: { rows: ROWS_OF_INSERT, between: `;\n${INSERT_USERS}` },
  foot: `;
/*!40000 ALTER TABLE \`wp_users\` ENABLE KEYS */;
UNLOCK TABLES;

/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;

-- Dump completed on 2024-05-01  3:00:00
`,
  writer(pieces) {
    const { kinds, id } = wordpress.writer(pieces);
    return {
      ...{ kinds, id },
      write(_, { row, id: own, person, digest, style }) {
        const { full, login } = personOf(person);
        const url = style === 1 ? `https://${login}.example.com` : '';
        const key = style === 2 ? `1700000000:${digest}` : '';
        const user = `'${login}${row}'`;
        const texts = `'${emailOf(person, row)}','${url}','${sqlDateOf(row)}','${key}',0,${mysqlText(full)}`;
        return `(${own},${user},'${digest}',${user},${texts})`;
      },
    };
  },
};

/** As mysql_real_escape_string writes it. */
function mysqlText(text: string): string {
  return `'${text.replaceAll(/['"\\]/g, '\\$&').replaceAll('\n', '\\n')}'`;
}

/** The rows of a table as COPY's text. */
export const pgDump: Shape = {
  ...DUMP,
  title: 'users of Devise by pg_dump, as COPY',
  urls: [
    'https://www.postgresql.org/docs/current/app-pgdump.html',
    'https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-FILE-FORMATS',
    'https://github.com/heartcombo/devise/blob/main/lib/generators/active_record/templates/migration.rb',
  ],
  source: 'devise',
  head: `--
-- PostgreSQL database dump
--

-- Dumped from database version 16.2
-- Dumped by pg_dump version 16.2

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

--
-- Name: posts; Type: TABLE; Schema: public; Owner: app
--

CREATE TABLE public.posts (
    id bigint NOT NULL,
    title character varying DEFAULT ''::character varying NOT NULL,
    body text
);

--
-- Name: users; Type: TABLE; Schema: public; Owner: app
--

CREATE TABLE public.users (
    id bigint NOT NULL,
    email character varying DEFAULT ''::character varying NOT NULL,
    encrypted_password character varying DEFAULT ''::character varying NOT NULL,
    reset_password_token character varying,
    reset_password_sent_at timestamp(6) without time zone,
    remember_created_at timestamp(6) without time zone,
    sign_in_count integer DEFAULT 0 NOT NULL,
    current_sign_in_ip character varying,
    created_at timestamp(6) without time zone NOT NULL,
    updated_at timestamp(6) without time zone NOT NULL,
    bio text
);

--
-- Data for Name: posts; Type: TABLE DATA; Schema: public; Owner: app
--

COPY public.posts (id, title, body) FROM stdin;
1	Hello	it's "quoted"\\nand has two lines
2	Bye	\\N
\\.


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: app
--

COPY public.users (id, email, encrypted_password, reset_password_token, reset_password_sent_at, remember_created_at, sign_in_count, current_sign_in_ip, created_at, updated_at, bio) FROM stdin;
`,
  between: '\n',
  foot: `
\\.


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: app
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

--
-- PostgreSQL database dump complete
--

`,
  writer(pieces) {
    const { kinds, id } = devise.writer(pieces);
    return {
      ...{ kinds, id },
      write(_, { row, id: own, person, digest, style }) {
        const time = sqlDateOf(row);
        const [token, sent] = style === 1 ? [pieces.any('hex', 64), time] : ['\\N', '\\N'];
        const bio = style === 2 ? `a\\ttab, a \\\\ and\\n${personOf(person).full}` : '\\N';
        return [
          ...[own, emailOf(person, row), digest, token, sent, '\\N', row % 300, `203.0.113.${row % 250}`, time, time],
          bio,
        ].join('\t');
      },
    };
  },
};

/** A statement each row. */
export const sqliteDump: Shape = {
  ...DUMP,
  title: 'auth_user of Django by sqlite3 .dump',
  urls: [
    'https://sqlite.org/cli.html#converting_an_entire_database_to_a_text_file',
    'https://docs.djangoproject.com/en/stable/ref/contrib/auth/#fields',
  ],
  source: 'django',
  head: `PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
INSERT INTO django_content_type VALUES(1,'auth','user');
INSERT INTO django_content_type VALUES(2,'admin','it''s a log');
CREATE TABLE IF NOT EXISTS "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "first_name" varchar(150) NOT NULL);
`,
  between: '\n',
  foot: `
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('auth_user',3);
COMMIT;
`,
  writer(pieces) {
    const { kinds, id } = djangoCsv.writer(pieces);
    return {
      ...{ kinds, id },
      write({ isOff }, { row, id: own, person, digest, style }) {
        const { given, family, login } = personOf(person);
        const at = `'${sqlDateOf(row)}.${100_000 + (row % 899_999)}'`;
        const staff = style === 1 ? 1 : 0;
        const names = `'${login}${row}',${sqlText(family)},'${emailOf(person, row)}'`;
        return (
          `INSERT INTO auth_user VALUES(${own},${sqlText(digest)},${style < 4 ? 'NULL' : at},${staff},${names},` +
          `${staff},${isOff ? 0 : 1},${at},${sqlText(given)});`
        );
      },
    };
  },
};

function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
