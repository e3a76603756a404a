-- wrk script: Accept-Encoding from the first word after "--", then the number of tenants to spread over (0: one host).
-- Prints one line of JSON at the end.
local tenants = 0
local encoding = "identity"
local turn = 0
local requests = {}

function init(args)
    encoding = args[1] or encoding
    tenants = tonumber(args[2] or "0")
    for i = 1, tenants do
        wrk.headers["Host"] = string.format("bench-%04d.localhost", i)
        wrk.headers["Accept-Encoding"] = encoding
        requests[i] = wrk.format("GET", "/")
    end
    if tenants == 0 then
        wrk.headers["Accept-Encoding"] = encoding
        requests[1] = wrk.format("GET", "/")
    end
end

function request()
    turn = turn % #requests + 1
    return requests[turn]
end

function done(summary, latency, _)
    local errors = summary.errors
    io.write(string.format(
        '{"requests":%d,"seconds":%.6f,"bytes":%d,"p50_ms":%.3f,"p99_ms":%.3f,"failed":%d}\n',
        summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1000,
        latency:percentile(99) / 1000,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
