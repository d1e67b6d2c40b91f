# What the Ruby generators of this folder share: the edge passwords and how a group is printed.
Password = Struct.new(:id, :comment, :flags, :json, :bytes) do
  def text = bytes.dup.force_encoding('UTF-8')
end
SHORT = %w[typical empty one len64 len73 nfc nfd emoji spaces separators].freeze
PASSWORDS = JSON.parse(File.read(File.join(__dir__, '..', 'passwords.json'))).to_h do |row|
  text = row['utf8']
  text = (row['repeat']['text'] * row['repeat']['bytes'])[0, row['repeat']['bytes']] if row['repeat']
  bytes = row['hex'] ? [row['hex']].pack('H*') : text.b
  json = row['hex'] ? { hex: row['hex'] } : { utf8: text }
  [row['id'], Password.new(row['id'], row['comment'], [row['flag']].compact, json, bytes)]
end
LIST = SHORT.map { |id| PASSWORDS.fetch(id) }

def vector(password, digest, **more)
  { id: password.id, comment: password.comment, flags: password.flags, password: password.json, digest: digest,
    expect: 'match', **more }
end

def emit(hasher, source, tests)
  puts JSON.generate({ hasher: hasher, source: source, tests: tests })
end
