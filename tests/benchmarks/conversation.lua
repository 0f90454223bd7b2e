-- A front-end session after the other: list, create, get, update, get, delete. For wrk with as many threads as
-- connections, so that each thread has one conversation and knows which answer is to which request.
local JSON = { ["Content-Type"] = "application/json" }
local list, collection, id
local step = 1

local steps = {
  function() return wrk.format("GET", list) end,
  function() return wrk.format("POST", collection, JSON, '{"agent_id": "bench"}') end,
  function() return wrk.format("GET", collection .. "/" .. id) end,
  function() return wrk.format("PATCH", collection .. "/" .. id, JSON, '{"data": {"step": 1}}') end,
  function() return wrk.format("GET", collection .. "/" .. id) end,
  function() return wrk.format("DELETE", collection .. "/" .. id) end,
}

function init()
  list = wrk.path
  collection = list:match("^[^?]*")
end

function request()
  return steps[step]()
end

function response(status, headers, body)
  if step == 2 then
    id = body:match('"id"%s*:%s*"?([%w_-]+)')
  end
  step = step % #steps + 1
end
