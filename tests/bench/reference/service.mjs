// What events and bookings are measured against: one process of Express that stores each event and each booking by a
// statement of its own, as the platform's first implementation did. It believes the body and checks little; what it says to
// the database is encrypted, as that was, and each statement comes after another that limits its time, which has no effect
// outside a transaction but that PostgreSQL warns of it. GET /health answers without the database: what it costs here tells
// how fast this machine is beside the one on which the first implementation was measured.
// node service.mjs DATABASE_URL; prints its port and {"session", "tenant"} of a visit to post for.
import express from "express";
import pg from "pg";
import { createWriteStream } from "node:fs";

const pool = new pg.Pool({ connectionString: process.argv[2], max: 20, options: "-c search_path=reference", ssl: { rejectUnauthorized: false } });
const log = createWriteStream("/dev/null");
const app = express();
app.use((request, response, next) => {
  const start = Date.now();
  response.on("finish", () => log.write(`${new Date().toISOString()} ${request.method} ${request.url} ${response.statusCode} ${Date.now() - start}ms\n`));
  next();
});
app.use(express.json({ limit: "10mb" }));
app.use(express.urlencoded({ extended: true }));

async function queried(statement, values) {
  const client = await pool.connect();
  try {
    await client.query("SET LOCAL statement_timeout = 30000");
    return (await client.query(statement, values)).rows;
  } finally {
    client.release();
  }
}

app.get("/health", (request, response) => response.json({ status: "ok", timestamp: new Date().toISOString(), uptime: process.uptime() }));
const stored = (statement, fields, required) => async (request, response) => {
  const missing = required.filter((name) => !request.body[name]);
  if (missing.length) return response.status(400).json({ success: false, error: `missing: ${missing}` });
  try {
    const rows = await queried(statement, fields.map((name) => {
      const value = request.body[name];
      return value !== null && typeof value === "object" ? JSON.stringify(value) : value ?? null;
    }));
    return response.status(201).json({ success: true, data: rows[0] });
  } catch (error) {
    return response.status(500).json({ success: false, error: error.message });
  }
};
app.post("/analytics/events", stored(
  `INSERT INTO events (tenant_id, session_id, event_type, event_data, page_url, page_title)
   VALUES ($1, $2, $3, $4, $5, $6) RETURNING *`,
  ["tenantId", "sessionId", "eventType", "eventData", "pageUrl", "pageTitle"], ["tenantId", "eventType"]));
app.post("/bookings", stored(
  `INSERT INTO bookings (tenant_id, session_id, client_name, client_email, client_phone, service_type, preferred_date,
                         preferred_date_end, duration, message, conversion_path)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING *`,
  ["tenantId", "sessionId", "clientName", "clientEmail", "clientPhone", "serviceType", "preferredDate", "preferredDateEnd",
    "duration", "message", "conversionPath"], ["tenantId", "clientName", "clientEmail"]));

const { rows: [visit] } = await pool.query("SELECT id AS session, tenant_id AS tenant FROM sessions LIMIT 1");
const server = app.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port, ...visit })));
