# frozen_string_literal: true

# Devise's Encryptor, with a pepper. Its digest does not hold the pepper: the hasher's grammar appends it.
# BCrypt draws the salt, so the function that draws it is replaced.
require 'active_support/core_ext/object/blank'
require 'devise/version'
require 'bcrypt'
require 'devise/encryptor'
require_relative 'common'

class << BCrypt::Engine
  attr_accessor :next_salt

  def generate_salt(cost)
    format('$2a$%02d$%s', cost, next_salt)
  end
end

Model = Struct.new(:pepper, :stretches)

def digest(password, pepper, cost, salt)
  BCrypt::Engine.next_salt = salt
  "#{Devise::Encryptor.digest(Model.new(pepper, cost), password)}$#{pepper}"
end

def flags(password, pepper)
  password[:bytes].bytesize + pepper.bytesize > 72 ? %w[Pepper PepperOver72] : %w[Pepper]
end

# Devise's initializer has a pepper of 128 hex characters: all but the first bytes are past bcrypt's 72.
HEX = Digest::SHA512.hexdigest('digestry vector pepper')
PEPPERS = ['pepper', HEX[0, 32], 'has$dollars$', 'é of UTF-8', HEX].freeze

# A Ruby string of invalid UTF-8 joins a UTF-8 pepper as bytes only where both say UTF-8, as Devise's do.
tests = without_nul.reject { |pw| pw[:bytes].b.include?("\xff".b) || pw[:id] == 'len4096' }.each_with_index.map do |pw, i|
  pepper = PEPPERS[i % 5]
  text = pw[:bytes].dup.force_encoding('UTF-8')
  test(pw, digest(text, pepper, 4, bcrypt_salt(500 + i)), *flags(pw, pepper))
end
typical = passwords.first
tests << test(typical, digest(typical[:bytes], HEX, 11, bcrypt_salt(600)), 'Pepper', 'PepperOver72', 'RealisticParameters',
              comment: "Devise's default cost and pepper")
emit('bcrypt_peppered', 'Devise', Devise::VERSION, 'MIT', tests)
