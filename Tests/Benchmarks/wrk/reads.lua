-- reads.lua PATH SHOPS SEED [HEADER VALUE …]: GETs PATH, with each `*` in it a shop at random.
dofile(os.getenv("WRK_REPORT"))

local path, count, headers

function init(arguments)
  path, count = arguments[1], tonumber(arguments[2])
  math.randomseed(tonumber(arguments[3]) * 100 + id)
  headers = {}
  for at = 4, #arguments, 2 do headers[arguments[at]] = arguments[at + 1] end
end

function request()
  local shop = string.format("s-%06d", math.random(count))
  return wrk.format("GET", (path:gsub("%*", shop)), headers)
end
