-- wrk script: posts events or bookings, of the visit whose session and tenant stand after "--", one a request; or asks for
-- its health.
local what, session, tenant

function init(args)
    what, session, tenant = args[1], args[2], args[3]
    if what == "health" then
        return
    end
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
    local body
    if what == "events" then
        body = string.format('{"tenantId":"%s","sessionId":"%s","eventType":"photo_click",' ..
            '"eventData":{"photoId":"gallery-3","position":3},"pageUrl":"/"}', tenant, session)
    else
        body = string.format('{"tenantId":"%s","sessionId":"%s","clientName":"Visitor 1","clientEmail":"visitor-1@example.com",' ..
            '"serviceType":"Dinner","preferredDate":"2027-01-20T19:00:00Z","duration":"3 hours",' ..
            '"message":"Dinner and a concert, and a quiet walk along the harbour afterwards."}', tenant, session)
    end
    wrk.body = body
end

function done(summary, latency, _)
    local errors = summary.errors
    io.write(string.format('{"requests":%d,"seconds":%.6f,"p99_ms":%.3f,"failed":%d}\n', summary.requests,
        summary.duration / 1e6, latency:percentile(99) / 1000,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
