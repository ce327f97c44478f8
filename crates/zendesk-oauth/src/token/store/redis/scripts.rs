//! What Redis carries out in one piece.
//!
//! Each is sent whole, by EVAL: it is a few hundred bytes, a few times per refresh, and there is no
//! second way for a Redis that has forgotten it. Each may be sent twice and does the same.

/// KEYS: record. ARGV: the most that is read.
/// Answers nothing, or version and value; both empty if what is there is no record.
pub(super) const LOAD: &str = "\
if redis.call('EXISTS', KEYS[1]) == 0 then return false end
if redis.call('HSTRLEN', KEYS[1], 'version') > 20
or redis.call('HSTRLEN', KEYS[1], 'value') > tonumber(ARGV[1]) then return {'', ''} end
local found = redis.call('HMGET', KEYS[1], 'version', 'value')
return {found[1] or '', found[2] or ''}";

/// KEYS: record. ARGV: the expected version or nothing, the next one, the value, how many
/// milliseconds it is kept or 0.
/// Answers 1 if it is stored, 0 if another version is there. The same value under the next version is
/// its own earlier attempt, as each value has a nonce of its own.
pub(super) const SWAP: &str = "\
local found = redis.call('HGET', KEYS[1], 'version')
local is_there = redis.call('EXISTS', KEYS[1]) == 1
if is_there ~= (ARGV[1] ~= '') or (is_there and found ~= ARGV[1]) then
  if found == ARGV[2] and redis.call('HGET', KEYS[1], 'value') == ARGV[3] then return 1 end
  return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'value', ARGV[3])
if ARGV[4] == '0' then redis.call('PERSIST', KEYS[1])
else redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
return 1";

/// KEYS: lease. ARGV: the owner's token, for how many milliseconds, who.
/// Answers `{1}` if it is held, or 0, what is there, how many milliseconds it has left (-1: no end),
/// and the time of Redis in milliseconds. Ages are by the clock of Redis alone.
pub(super) const LEASE: &str = "\
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local taken = ARGV[1] .. ' ' .. now .. ' ' .. ARGV[3]
if redis.call('SET', KEYS[1], taken, 'NX', 'PX', ARGV[2]) then return {1, '', 0, now} end
local found = redis.call('GETRANGE', KEYS[1], 0, 511)
if string.sub(found, 1, #ARGV[1]) == ARGV[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return {1, '', 0, now}
end
return {0, found, redis.call('PTTL', KEYS[1]), now}";

/// KEYS: lease. ARGV: the owner's token, for how many milliseconds from now.
/// Answers 1 if it is still the owner's.
pub(super) const RENEW: &str = "\
local found = redis.call('GETRANGE', KEYS[1], 0, 511)
if string.sub(found, 1, #ARGV[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])";

/// KEYS: lease. ARGV: the owner's token.
/// Answers 1 if it was the owner's and is gone.
pub(super) const RELEASE: &str = "\
local found = redis.call('GETRANGE', KEYS[1], 0, 511)
if string.sub(found, 1, #ARGV[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])";
