PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migration (name TEXT NOT NULL PRIMARY KEY);
INSERT INTO migration VALUES('001-shops-runs-events');
CREATE TABLE shop (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT,
  platform TEXT,
  team TEXT,
  owner TEXT,
  time_zone TEXT,
  tags TEXT NOT NULL,
  archived BIGINT NOT NULL CHECK (archived IN (0, 1)),
  runs BIGINT NOT NULL CHECK (runs >= 0),
  events BIGINT NOT NULL CHECK (events > 0),
  head BLOB NOT NULL CHECK (length(head) = 32)
) WITHOUT ROWID;
INSERT INTO shop VALUES('s-1','一号店','douyin','east','Wang',NULL,'a',0,1,2,X'63f185a7347cc5c0542f961285ea055e32b864eb88d3d16fb46fb9453742ad2a');
INSERT INTO shop VALUES('s-2','Two','douyin','west','Li Mei',NULL,'',0,1,6,X'9ecd08be33b41d10dd8dfe8675e4efcd28f16f275d75f9fe544b692a9aeb90d4');
INSERT INTO shop VALUES('s-3',NULL,NULL,NULL,NULL,NULL,'',1,0,2,X'e089a41b3bb89c377aaa6b1011f2147ed17334b0db7d5f68cb66ab5bc1db761c');
CREATE TABLE definition (
  id BIGINT NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
  canonical TEXT NOT NULL
);
INSERT INTO definition VALUES(1,'5edd227167f5e6c19d354b2743d862dc5243e93188415428bca009dc626c0d42','{"checklist":"after","title":{"zh":"换绑之后","en":"After the switch"},"items":[{"id":"rebind","title":{"zh":"重新绑定","en":"Rebind"},"due":"2h","owner":"merchant","critical":true},{"id":"verify","title":{"zh":"核对商品","en":"Verify the products"},"due":"1d","needs":["rebind"],"proof":["second-person"]},{"id":"tell-buyers","title":{"zh":"通知买家","en":"Tell the buyers"},"due":"3d","proof":["note","link"]},{"id":"ads","title":{"zh":"广告","en":"Update the ads"},"due":"1w"}]}');
CREATE TABLE run (
  shop TEXT NOT NULL REFERENCES shop (id),
  number BIGINT NOT NULL CHECK (number > 0),
  checklist TEXT NOT NULL,
  definition BIGINT NOT NULL REFERENCES definition (id),
  switched_at BIGINT NOT NULL,
  time_zone TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state = 'active' OR state = 'finished' OR state = 'stopped' OR state = 'superseded'),
  newer BIGINT,
  counted BIGINT NOT NULL CHECK (counted IN (0, 1)),
  total BIGINT NOT NULL,
  done BIGINT NOT NULL,
  skipped BIGINT NOT NULL,
  blocked BIGINT NOT NULL,
  pending BIGINT NOT NULL,
  outstanding_due TEXT NOT NULL,
  done_at TEXT NOT NULL,
  holding_up TEXT NOT NULL,
  PRIMARY KEY (shop, number),
  CHECK (total = done + skipped + blocked + pending),
  CHECK (counted = 0 OR (newer IS NULL AND state IN ('active', 'finished')))
) WITHOUT ROWID;
INSERT INTO run VALUES('s-1',1,'after',1,1788307200000,'UTC','active',NULL,1,4,0,0,0,4,'1788314400000 1788393600000 1788566400000 1788912000000','','rebind');
INSERT INTO run VALUES('s-2',1,'after',1,1788231600000,'UTC','active',NULL,1,4,1,1,1,1,'1788318000000 1788490800000','1788318660000','');
CREATE TABLE item (
  shop TEXT NOT NULL,
  run BIGINT NOT NULL,
  position BIGINT NOT NULL,
  id TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state = 'pending' OR state = 'blocked' OR state = 'done' OR state = 'skipped'),
  open BIGINT NOT NULL CHECK (open IN (0, 1)),
  due_at BIGINT,
  owner TEXT,
  waiting_for TEXT NOT NULL,
  awaiting_by TEXT,
  awaiting_at BIGINT,
  blocked_reason TEXT,
  note TEXT,
  proof TEXT,
  changed_at BIGINT,
  changed_by TEXT,
  PRIMARY KEY (shop, run, position),
  FOREIGN KEY (shop, run) REFERENCES run (shop, number),
  CHECK (open = 0 OR state IN ('pending', 'blocked')),
  CHECK ((blocked_reason IS NULL) = (state <> 'blocked'))
) WITHOUT ROWID;
INSERT INTO item VALUES('s-1',1,0,'rebind','pending',1,1788314400000,'Wang','',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO item VALUES('s-1',1,1,'verify','pending',1,1788393600000,NULL,'rebind',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO item VALUES('s-1',1,2,'tell-buyers','pending',1,1788566400000,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO item VALUES('s-1',1,3,'ads','pending',1,1788912000000,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO item VALUES('s-2',1,0,'rebind','done',0,1788238800000,'Li Mei','',NULL,NULL,NULL,'done',NULL,1788318660000,'李敏');
INSERT INTO item VALUES('s-2',1,1,'verify','pending',1,1788318000000,NULL,'','李敏',1788318720000,NULL,NULL,NULL,1788318720000,'李敏');
INSERT INTO item VALUES('s-2',1,2,'tell-buyers','blocked',1,1788490800000,NULL,'',NULL,NULL,'waits for the platform',NULL,NULL,1788232200000,'李敏');
INSERT INTO item VALUES('s-2',1,3,'ads','skipped',0,1788836400000,NULL,'',NULL,NULL,NULL,NULL,NULL,1788318600000,'李敏');
CREATE TABLE event (
  shop TEXT NOT NULL REFERENCES shop (id),
  number BIGINT NOT NULL CHECK (number > 0),
  body TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (shop, number)
);
INSERT INTO event VALUES('s-1',1,'{"number":1,"shop":"s-1","kind":"shop-added","at":"2026-09-01T02:00:00Z","recorded_at":"2026-09-01T02:00:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"name":"一号店","platform":"douyin","team":"east","owner":"Wang","tags":["a"]}',X'e48679804a2c1a43bdeb1f6623478b031393c076dfd2db97806d7dc9658dfe10');
INSERT INTO event VALUES('s-2',1,'{"number":1,"shop":"s-2","kind":"shop-added","at":"2026-09-01T02:00:00Z","recorded_at":"2026-09-01T02:00:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"name":"Two","platform":"douyin","team":"west","owner":"Li Mei"}',X'f477d74c001f3289f739193a9c0c612208b87b33d094320a81963bf9c9dbc09c');
INSERT INTO event VALUES('s-3',1,'{"number":1,"shop":"s-3","kind":"shop-added","at":"2026-09-01T02:00:00Z","recorded_at":"2026-09-01T02:00:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true}',X'd981f6f340ae67291555652ed79a6eddd2e820eb0f68a01ecf5412af558b589e');
INSERT INTO event VALUES('s-2',2,'{"number":2,"shop":"s-2","kind":"run-started","at":"2026-09-01T03:00:00Z","recorded_at":"2026-09-01T03:00:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"run":1,"checklist":"after","definition":"5edd227167f5e6c19d354b2743d862dc5243e93188415428bca009dc626c0d42","switched_at":"2026-09-01T03:00:00Z","time_zone":"UTC","items":[{"item":"rebind","due_at":"2026-09-01T05:00:00Z","owner":"Li Mei"},{"item":"verify","due_at":"2026-09-02T03:00:00Z"},{"item":"tell-buyers","due_at":"2026-09-04T03:00:00Z"},{"item":"ads","due_at":"2026-09-08T03:00:00Z"}]}',X'df304660efd3042bbdf0ad8bf902c572e2039859e8b00f7e6c64a0e37fa99da0');
INSERT INTO event VALUES('s-2',3,'{"number":3,"shop":"s-2","kind":"item-blocked","at":"2026-09-01T03:10:00Z","recorded_at":"2026-09-01T03:10:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"run":1,"item":"tell-buyers","reason":"waits for the platform"}',X'4c8facefaaca53a9ed589f1142cb108c88a14649c3d9a885ff531538b5f0acfd');
INSERT INTO event VALUES('s-2',4,'{"number":4,"shop":"s-2","kind":"item-skipped","at":"2026-09-02T03:10:00Z","recorded_at":"2026-09-02T03:10:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"run":1,"item":"ads","reason":"why"}',X'556adae3a721edd0b049cece97b64305cbb8665729a4064ee05ea53267515761');
INSERT INTO event VALUES('s-2',5,'{"number":5,"shop":"s-2","kind":"item-ticked","at":"2026-09-02T03:11:00Z","recorded_at":"2026-09-02T03:11:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"run":1,"item":"rebind","note":"done"}',X'072eaccc1a5331e8c48f73515b66d39d762c222f50ff3c15de1d67278bce2f1a');
INSERT INTO event VALUES('s-2',6,'{"number":6,"shop":"s-2","kind":"item-ticked-to-confirm","at":"2026-09-02T03:12:00Z","recorded_at":"2026-09-02T03:12:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"run":1,"item":"verify"}',X'9ecd08be33b41d10dd8dfe8675e4efcd28f16f275d75f9fe544b692a9aeb90d4');
INSERT INTO event VALUES('s-1',2,'{"number":2,"shop":"s-1","kind":"run-started","at":"2026-09-02T00:00:00Z","recorded_at":"2026-09-02T03:13:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"run":1,"checklist":"after","definition":"5edd227167f5e6c19d354b2743d862dc5243e93188415428bca009dc626c0d42","switched_at":"2026-09-02T00:00:00Z","time_zone":"UTC","items":[{"item":"rebind","due_at":"2026-09-02T02:00:00Z","owner":"Wang"},{"item":"verify","due_at":"2026-09-03T00:00:00Z"},{"item":"tell-buyers","due_at":"2026-09-05T00:00:00Z"},{"item":"ads","due_at":"2026-09-09T00:00:00Z"}]}',X'63f185a7347cc5c0542f961285ea055e32b864eb88d3d16fb46fb9453742ad2a');
INSERT INTO event VALUES('s-3',2,'{"number":2,"shop":"s-3","kind":"shop-archived","at":"2026-09-02T04:12:00Z","recorded_at":"2026-09-02T04:12:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true}',X'e089a41b3bb89c377aaa6b1011f2147ed17334b0db7d5f68cb66ab5bc1db761c');
CREATE INDEX shop_team ON shop (team, id);
CREATE INDEX item_open_owner ON item (owner, due_at, shop, run, position) WHERE open = 1;
CREATE INDEX item_open ON item (due_at, shop, run, position) WHERE open = 1;
COMMIT;
