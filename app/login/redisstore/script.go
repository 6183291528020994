package redisstore

import "github.com/redis/go-redis/v9"

// The keys. The braces keep them in one slot of a Cluster.
const (
	prefix    = "jwtlab:{login}:"
	loginKey  = prefix + "login:"  // id: a hash, the record
	secretKey = prefix + "secret:" // hash of a secret, newest or used: the id of the login
	userKey   = prefix + "user:"   // user: a sorted set of ids, all with the score 0, in the order of the ids
	roleKey   = prefix + "role:"   // user: role
	denied    = prefix + "denied:" // id: until when
	replicas  = prefix + "replicas"
)

// common is what the scripts share. Times are milliseconds and pass through as they were written: Lua would write a long
// number otherwise. What a script removes of a login are its record and its newest secret; secrets used before lead
// nowhere then and go at the login's absolute end. Ids that an idle login leaves in a set go when they are met.
const common = `
local prefix, never = 'jwtlab:{login}:', '9007199254740991'

local function call(...) return redis.call(...) end
local function loginKey(id) return prefix .. 'login:' .. id end

local function expire(key, at)
	if at == never then call('PERSIST', key) else call('PEXPIREAT', key, at) end
end

local function earlier(a, b)
	if tonumber(a) < tonumber(b) then return a end
	return b
end

-- fields returns some fields of a login that lives, or nil.
local function fields(id, now, ...)
	local f = call('HMGET', loginKey(id), 'idle', 'expires', ...)
	if f[1] and f[2] and tonumber(now) < tonumber(f[1]) and tonumber(now) < tonumber(f[2]) then return f end
end

-- stored returns a login as Go decodes it.
local function stored(id) return {id, call('HGETALL', loginKey(id))} end

local function remove(id)
	local f = call('HMGET', loginKey(id), 'user', 'newest')
	if not f[1] then return end
	call('DEL', loginKey(id), prefix .. 'secret:' .. f[2])
	call('ZREM', prefix .. 'user:' .. f[1], id)
	call('ZREM', prefix .. 'ends:' .. f[1], id)
end

local function deny(id, till)
	local key = prefix .. 'denied:' .. id
	local old = call('GET', key)
	if till == never or old and tonumber(old) >= tonumber(till) then return end
	call('SET', key, till)
	call('PEXPIREAT', key, till)
end
`

var find = redis.NewScript(common + `
local id = call('GET', KEYS[1])
return id and stored(id)
`)

// create keeps, beside the ids of a user's logins, when each ends in any case, and so forgets those of long ago.
var create = redis.NewScript(common + `
local id, user, secret, ends, now = unpack(ARGV, 1, 5)
local key, ids, times = KEYS[1], prefix .. 'user:' .. user, prefix .. 'ends:' .. user
local zero = string.rep('\0', 32)
for _, hash in ipairs({secret, ends}) do
	local before = call('GET', prefix .. 'secret:' .. hash)
	if before then remove(before) end
end
remove(id)
for i = 6, #ARGV, 2 do call('HSET', key, ARGV[i], ARGV[i + 1]) end
local f = call('HMGET', key, 'idle', 'expires')
expire(key, earlier(f[1], f[2]))
if secret ~= zero then
	call('SET', prefix .. 'secret:' .. secret, id)
	expire(prefix .. 'secret:' .. secret, f[2])
end
for _, old in ipairs(call('ZRANGEBYSCORE', times, '-inf', now, 'LIMIT', 0, 100)) do
	call('ZREM', ids, old)
	call('ZREM', times, old)
end
call('ZADD', ids, 0, id)
call('ZADD', times, f[2], id)
local last = call('ZREVRANGE', times, 0, 0, 'WITHSCORES')[2]
expire(ids, last)
expire(times, last)
return 0
`)

var touch = redis.NewScript(common + `
local seen, idle = ARGV[1], ARGV[2]
local id = string.sub(KEYS[1], #loginKey('') + 1)
local f = fields(id, seen, 'seen')
if not f or tonumber(seen) < tonumber(f[3]) then return 0 end
call('HSET', KEYS[1], 'seen', seen, 'idle', idle)
expire(KEYS[1], earlier(idle, f[2]))
return 0
`)

var rotate = redis.NewScript(common + `
local old, new, sealed, now, idle, grace, till = unpack(ARGV)
local id = call('GET', KEYS[1])
local f = id and fields(id, now, 'newest', 'previous', 'replaced', 'sealed')
if not f then return false end
if f[3] == old then
	call('HSET', loginKey(id), 'newest', new, 'previous', old, 'replaced', now, 'sealed', sealed, 'seen', now, 'idle', idle)
	expire(loginKey(id), earlier(idle, f[2]))
	call('SET', prefix .. 'secret:' .. new, id)
	expire(prefix .. 'secret:' .. new, f[2])
	return {1, stored(id)}
end
if tonumber(grace) > 0 and f[4] == old and f[6] ~= '' and tonumber(now) - tonumber(f[5]) <= tonumber(grace) then
	return {2, stored(id)}
end
local last = stored(id)
remove(id)
deny(id, till)
return {3, last}
`)

var endings = redis.NewScript(common + `
local user, one, except, now, till = unpack(ARGV)
local ids, ended = {one}, 0
if one == '' then ids = call('ZRANGE', KEYS[1], 0, -1) end
for _, id in ipairs(ids) do
	local f = fields(id, now, 'user')
	if f and f[3] == user and (one ~= '' or id ~= except) then
		remove(id)
		deny(id, till)
		ended = ended + 1
	end
end
return ended
`)

var list = redis.NewScript(common + `
local after, limit, now = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local all = {}
while #all < limit do
	local ids = call('ZRANGEBYLEX', KEYS[1], after == '' and '-' or '(' .. after, '+', 'LIMIT', 0, 100)
	for _, id in ipairs(ids) do
		if #all == limit then return all end
		if fields(id, now) then
			all[#all + 1] = stored(id)
		elseif call('EXISTS', loginKey(id)) == 0 then
			call('ZREM', KEYS[1], id)
		end
	end
	if #ids == 0 then return all end
	after = ids[#ids]
end
return all
`)

var denials = redis.NewScript(common + `
for i = 2, #ARGV do deny(ARGV[i], ARGV[1]) end
return 0
`)

var announce = redis.NewScript(common + `
local replica, kid, till = unpack(ARGV)
local key = prefix .. 'replica:'
call('SET', key .. replica, kid)
call('PEXPIREAT', key .. replica, till)
call('SADD', KEYS[1], replica)
local kids = {}
for _, name in ipairs(call('SMEMBERS', KEYS[1])) do
	local signs = call('GET', key .. name)
	if signs then kids[#kids + 1] = signs else call('SREM', KEYS[1], name) end
end
return kids
`)
