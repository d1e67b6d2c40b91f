# Authlogic, Sorcery, devise-encryptable, restful-authentication and the scrypt gem: their own files, from SOURCES,
# a folder with a checkout of each (authlogic/, sorcery/, devise-encryptable/, restful/, scrypt/). The gem's C part is
# OpenSSL's scrypt here. Discourse's and GitLab's formulas run over Ruby's OpenSSL.
require 'digest'
require 'json'
require 'openssl'
$VERBOSE = nil
require_relative 'passwords'

SOURCES = ENV.fetch('SOURCES')
PATH = 'vectors/generators/lang/frameworks.rb'.freeze

def source(name, version, license = 'MIT')
  { name: name, version: version, path: PATH, license: license, method: 'generated' }
end

def salt_at(index, length = 20)
  Digest::SHA512.hexdigest("digestry frameworks.rb #{index}")[0, length]
end

PEPPER = 'a07d7e2d0d7e6a9f5c1b'.freeze

module Devise
  def self.friendly_token = ''
  module Encryptable; module Encryptors; end; end
end
%w[base sha1 sha512 authlogic_sha512 clearance_sha1 restful_authentication_sha1].each do |file|
  load File.join(SOURCES, 'devise-encryptable/lib/devise/encryptable/encryptors', "#{file}.rb")
end
DEVISE = source('devise-encryptable', '902f7966e0ed')
E = Devise::Encryptable::Encryptors

def devise(hasher, encryptor, peppers: [nil, PEPPER], stretches: [1, 10, 3], pepper: true)
  emit(hasher, DEVISE, LIST.each_with_index.map do |pw, i|
    count = stretches[i % stretches.length]
    secret = peppers[i % peppers.length]
    companions = { salt: salt_at(i) }
    companions[:pepper] = secret if pepper && secret
    companions[:params] = { stretches: count }
    vector(pw, encryptor.digest(pw.text, count, salt_at(i), secret), with: companions)
  end)
end
devise('devise_sha1', E::Sha1)
devise('devise_sha512', E::Sha512)
devise('authlogic_sha512', E::AuthlogicSha512, peppers: [nil], stretches: [20, 1, 2])
devise('clearance_sha1', E::ClearanceSha1, peppers: [nil], stretches: [1])
devise('restful_authentication_sha1', E::RestfulAuthenticationSha1, peppers: [PEPPER])
emit('restful_authentication_simple', DEVISE, LIST.each_with_index.map do |pw, i|
  vector(pw, E::ClearanceSha1.digest(pw.text, 1, salt_at(i), nil), with: { salt: salt_at(i) })
end)

module Authlogic; module CryptoProviders; end; end
%w[md5 sha1 sha256 sha512].each do |file|
  load File.join(SOURCES, 'authlogic/lib/authlogic/crypto_providers', "#{file}.rb")
end
AUTHLOGIC = source('Authlogic', '6.5.0')
C = Authlogic::CryptoProviders
{ 'authlogic_md5' => C::MD5, 'authlogic_sha1' => C::Sha1, 'authlogic_sha256' => C::Sha256,
  'authlogic_sha512' => C::Sha512 }.each do |hasher, provider|
  usual = provider.stretches
  emit(hasher, AUTHLOGIC, LIST.each_with_index.map do |pw, i|
    count = provider.stretches = [usual, 1, 3][i % 3]
    vector(pw, provider.encrypt(pw.text, salt_at(i)), with: { salt: salt_at(i), params: { stretches: count } })
  end)
end

module Sorcery; module CryptoProviders; end; end
%w[common sha1].each { |file| load File.join(SOURCES, 'sorcery/lib/sorcery/crypto_providers', "#{file}.rb") }
SORCERY = source('Sorcery', 'b84f95ad3e45')
emit('sorcery_sha1', SORCERY, LIST.each_with_index.map do |pw, i|
  provider = Sorcery::CryptoProviders::SHA1
  count = provider.stretches = [1, 10, 2][i % 3]
  token = provider.join_token = ['--', '', 'token'][i % 3]
  companions = { salt: salt_at(i), params: { stretches: count, joinToken: token } }
  companions[:params].delete(:joinToken) if token == '--'
  vector(pw, provider.encrypt(pw.text, salt_at(i)), with: companions)
end)

# restful-authentication is a mixin for ActiveRecord: by_password.rb needs only secure_digest and these constants.
REST_AUTH_SITE_KEY = PEPPER
REST_AUTH_DIGEST_STRETCHES = 10
class Module; def mattr_accessor(*names) = singleton_class.attr_accessor(*names); end
module ActiveSupport; end
RESTFUL = source('restful-authentication', '03e0075cddcb')
load File.join(SOURCES, 'restful/lib/authentication.rb')
load File.join(SOURCES, 'restful/lib/authentication/by_password.rb')
class Account
  extend Authentication::ModelClassMethods
  extend Authentication::ByPassword::ModelClassMethods
end
emit('restful_authentication_sha1', RESTFUL, LIST.each_with_index.map do |pw, i|
  vector(pw, Account.password_digest(pw.text, salt_at(i, 40)),
         with: { salt: salt_at(i, 40), pepper: PEPPER, params: { stretches: 10 } })
end)

# The gem without its C part.
$LOADED_FEATURES << 'ffi.rb'
module FFI; class Struct; def self.layout(*) = nil; end; end
module Kernel
  alias plain_require require
  def require(name) = name == 'ffi' || plain_require(name)
end
module SCrypt
  module Ext; def self.attach_function(*, **) = nil; end
end
load File.join(SOURCES, 'scrypt/lib/scrypt/errors.rb')
load File.join(SOURCES, 'scrypt/lib/scrypt/security_utils.rb')
load File.join(SOURCES, 'scrypt/lib/scrypt/engine.rb')
load File.join(SOURCES, 'scrypt/lib/scrypt/password.rb')
module SCrypt
  class Engine
    def self.__sc_crypt(secret, salt, n, r, p, length)
      OpenSSL::KDF.scrypt(secret, salt: salt, N: n, r: r, p: p, length: length)
    end
  end
end
GEM = source('scrypt gem over OpenSSL', '3.1.0', 'BSD-3-Clause')
SALTS = [->(i) { salt_at(i, 64) }, ->(i) { salt_at(i, 16) }, ->(i) { salt_at(i, 40) }, ->(i) { "00#{salt_at(i, 30)}" }].freeze
emit('scrypt_gem', GEM, LIST.each_with_index.map do |pw, i|
  cost = format('%x$%x$%x$', 16 << (i % 3), [8, 1][i % 2], [1, 2][i % 2])
  flags = i % 4 == 2 ? ['OldForm'] : []
  flags = ['LeadingZeros'] if i % 4 == 3
  made = vector(pw, SCrypt::Engine.hash_secret(pw.text, cost + SALTS[i % 4].call(i), [32, 64][i % 2]))
  made.merge(flags: made[:flags] + flags)
end)
emit('scrypt_gem', source('Authlogic SCrypt over OpenSSL', '6.5.0'), LIST.first(4).each_with_index.map do |pw, i|
  salt = salt_at(i + 50)
  vector(pw, SCrypt::Engine.hash_secret(pw.text + salt, "400$8$1$#{salt_at(i, 16)}", 32), with: { salt: salt })
end)

RUBY = source('Ruby OpenSSL', RUBY_VERSION, 'Ruby')
emit('discourse', RUBY, LIST.each_with_index.map do |pw, i|
  count = [3, 64, 17][i % 3]
  hash = OpenSSL::KDF.pbkdf2_hmac(pw.text, salt: salt_at(i, 32), iterations: count, length: 32, hash: 'sha256')
  vector(pw, hash.unpack1('H*'), with: { salt: salt_at(i, 32), params: { algorithm: "$pbkdf2-sha256$i=#{count},l=32$" } })
end)
hash = OpenSSL::KDF.pbkdf2_hmac(LIST[0].text, salt: salt_at(9, 32), iterations: 64_000, length: 32, hash: 'sha256')
emit('discourse', RUBY, [vector(LIST[0], hash.unpack1('H*'), with: { salt: salt_at(9, 32) })])
emit('gitlab_pbkdf2_sha512', RUBY, LIST.each_with_index.map do |pw, i|
  salt = [salt_at(i, 32)].pack('H*')
  hash = OpenSSL::KDF.pbkdf2_hmac(pw.text, salt: salt, iterations: 20 + i, length: 64, hash: 'sha512')
  letters = [salt, hash].map { |bytes| [bytes].pack('m0').tr('+', '.').delete('=') }
  vector(pw, "$pbkdf2-sha512$#{20 + i}$#{letters.join('$')}")
end)
emit('pow_pbkdf2', RUBY, LIST.each_with_index.map do |pw, i|
  salt = Digest::SHA256.digest("pow #{i}")[0, 16]
  hash = OpenSSL::KDF.pbkdf2_hmac(pw.text, salt: salt, iterations: 1 + i * 9, length: 64, hash: 'sha512')
  vector(pw, "$pbkdf2-sha512$#{1 + i * 9}$#{[salt].pack('m0')}$#{[hash].pack('m0')}")
end)
