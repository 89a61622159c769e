-- ticks.lua LISTED RUN [HEADER VALUE …]: ticks an item of one shop after the other, of those that a file lists, as
-- the script of the pages sends it; when a thread has been through its shops, it takes the ticks back, and so on.
dofile(os.getenv("WRK_REPORT"))

local ITEM = "update-marketing"
-- 看过了，都对 and 点错了
local TICK = "run=1&note=%E7%9C%8B%E8%BF%87%E4%BA%86%EF%BC%8C%E9%83%BD%E5%AF%B9"
local UNTICK = "run=1&reason=%E7%82%B9%E9%94%99%E4%BA%86"
local THREADS = 2

local shops, run, headers, at, verb, sent

function init(arguments)
  run, shops = arguments[2], {}
  local line = 0
  for shop in io.lines(arguments[1]) do
    if line % THREADS == id then shops[#shops + 1] = shop end
    line = line + 1
  end
  math.randomseed(id + 1)
  for last = #shops, 2, -1 do
    local other = math.random(last)
    shops[last], shops[other] = shops[other], shops[last]
  end
  headers = { ["Content-Type"] = "application/x-www-form-urlencoded", Accept = "application/json" }
  for place = 3, #arguments, 2 do headers[arguments[place]] = arguments[place + 1] end
  at, verb, sent = 0, "tick", 0
end

function request()
  at, sent = at + 1, sent + 1
  if at > #shops then at, verb = 1, verb == "tick" and "untick" or "tick" end
  headers["Idempotency-Key"] = string.format("%s-%d-%d", run, id, sent)
  local path = string.format("/shops/%s/items/%s/%s", shops[at], ITEM, verb)
  return wrk.format("POST", path, headers, verb == "tick" and TICK or UNTICK)
end
