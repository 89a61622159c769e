PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migration (name TEXT NOT NULL PRIMARY KEY);
INSERT INTO migration VALUES('001-shops-runs-events');
INSERT INTO migration VALUES('002-switches');
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
INSERT INTO shop VALUES('s-1','一号店','douyin','east','Wang',NULL,'a',0,1,4,X'6d0ee27aee2d78031b6479fed39a9c96a0c44fdfdebefdb4bb4ce14a764b12ac');
INSERT INTO shop VALUES('s-2','Two','douyin','west','Li Mei',NULL,'',0,2,13,X'ab4a78b214831970dde9c21b81ccece1e4a7b3e7f65dcf82c873ecc9bf4d9b53');
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
  holding_up TEXT NOT NULL, began_at BIGINT, account_switch BIGINT,
  PRIMARY KEY (shop, number),
  CHECK (total = done + skipped + blocked + pending),
  CHECK (counted = 0 OR (newer IS NULL AND state IN ('active', 'finished')))
) WITHOUT ROWID;
INSERT INTO run VALUES('s-1',1,'after',1,1788307200000,'UTC','active',NULL,1,4,0,0,0,4,'1788393600000 1788566400000 1788912000000 1796169600000','','rebind',1788307200000,NULL);
INSERT INTO run VALUES('s-2',1,'after',1,1788231600000,'UTC','superseded',2,0,4,1,1,1,1,'1788318000000 1788490800000','1788318660000','',1788231600000,NULL);
INSERT INTO run VALUES('s-2',2,'after',1,1789869900000,'UTC','active',NULL,1,4,1,0,0,3,'1789956300000 1790129100000 1790474700000','1789961400000','',1789869900000,1);
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
  changed_by TEXT, due_moved BIGINT NOT NULL DEFAULT 0 CHECK (due_moved IN (0, 1)), assigned BIGINT NOT NULL DEFAULT 0 CHECK (assigned IN (0, 1)),
  PRIMARY KEY (shop, run, position),
  FOREIGN KEY (shop, run) REFERENCES run (shop, number),
  CHECK (open = 0 OR state IN ('pending', 'blocked')),
  CHECK ((blocked_reason IS NULL) = (state <> 'blocked'))
) WITHOUT ROWID;
INSERT INTO item VALUES('s-1',1,0,'rebind','pending',1,1796169600000,'Sun','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,1);
INSERT INTO item VALUES('s-1',1,1,'verify','pending',1,1788393600000,NULL,'rebind',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0);
INSERT INTO item VALUES('s-1',1,2,'tell-buyers','pending',1,1788566400000,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0);
INSERT INTO item VALUES('s-1',1,3,'ads','pending',1,1788912000000,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0);
INSERT INTO item VALUES('s-2',1,0,'rebind','done',0,1788238800000,'Li Mei','',NULL,NULL,NULL,'done',NULL,1788318660000,'李敏',0,0);
INSERT INTO item VALUES('s-2',1,1,'verify','pending',0,1788318000000,NULL,'','李敏',1788318720000,NULL,NULL,NULL,1788318720000,'李敏',0,0);
INSERT INTO item VALUES('s-2',1,2,'tell-buyers','blocked',0,1788490800000,NULL,'',NULL,NULL,'waits for the platform',NULL,NULL,1788232200000,'李敏',0,0);
INSERT INTO item VALUES('s-2',1,3,'ads','skipped',0,1788836400000,NULL,'',NULL,NULL,NULL,NULL,NULL,1788318600000,'李敏',0,0);
INSERT INTO item VALUES('s-2',2,0,'rebind','done',0,1789877100000,'Li Mei','',NULL,NULL,NULL,'again',NULL,1789961400000,'李敏',0,0);
INSERT INTO item VALUES('s-2',2,1,'verify','pending',1,1789956300000,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0);
INSERT INTO item VALUES('s-2',2,2,'tell-buyers','pending',1,1790129100000,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0);
INSERT INTO item VALUES('s-2',2,3,'ads','pending',1,1790474700000,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0);
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
INSERT INTO event VALUES('s-1',3,'{"number":3,"shop":"s-1","kind":"item-assigned","at":"2026-09-03T03:11:00Z","recorded_at":"2026-09-03T03:11:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"run":1,"item":"rebind","to":"Sun"}',X'888a84d69f9ac83a0a4f2bddaca6bbadc7d5c92f05fb1dd4e19343f3a180efcc');
INSERT INTO event VALUES('s-1',4,'{"number":4,"shop":"s-1","kind":"item-due-moved","at":"2026-09-03T03:12:00Z","recorded_at":"2026-09-03T03:12:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"run":1,"item":"rebind","to":"2026-12-02T00:00:00Z","reason":"late"}',X'6d0ee27aee2d78031b6479fed39a9c96a0c44fdfdebefdb4bb4ce14a764b12ac');
INSERT INTO event VALUES('s-2',7,'{"number":7,"shop":"s-2","kind":"account-bound","at":"2026-09-04T02:05:00Z","recorded_at":"2026-09-04T02:05:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"account":"old-account","since":"2026-09-04T02:05:00Z"}',X'4fbb284b273a3076f7af0364f5b6172c3f43a952a440f6d02c0340d37819098e');
INSERT INTO event VALUES('s-2',8,'{"number":8,"shop":"s-2","kind":"switch-planned","at":"2026-09-04T02:05:00Z","recorded_at":"2026-09-04T02:05:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"switch":1,"to":"new-account","planned_for":"2026-09-04T02:05:00Z"}',X'6b1d56a41f871f8a311f4e1a2c62758da7db49b6c01491c003294baae6b2bf26');
INSERT INTO event VALUES('s-2',9,'{"number":9,"shop":"s-2","kind":"switch-unbound","at":"2026-09-05T02:05:00Z","recorded_at":"2026-09-05T02:05:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"switch":1,"until":"2026-09-10T00:00:00Z"}',X'363678b4e03d2b3118de357b8b55ea1d64d030b20a2a15ebe1f6b1485f3d428b');
INSERT INTO event VALUES('s-2',10,'{"number":10,"shop":"s-2","kind":"switch-rebound","at":"2026-09-20T02:05:00Z","recorded_at":"2026-09-20T02:05:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"switch":1,"to":"new-account"}',X'c52948f1ce0d4c788d59c1c80ac9ed9bb53ca4d2f8d804566a407a337236bc6b');
INSERT INTO event VALUES('s-2',11,'{"number":11,"shop":"s-2","kind":"run-started","at":"2026-09-20T02:05:00Z","recorded_at":"2026-09-20T02:05:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"run":2,"checklist":"after","definition":"5edd227167f5e6c19d354b2743d862dc5243e93188415428bca009dc626c0d42","switched_at":"2026-09-20T02:05:00Z","switch":1,"time_zone":"UTC","items":[{"item":"rebind","due_at":"2026-09-20T04:05:00Z","owner":"Li Mei"},{"item":"verify","due_at":"2026-09-21T02:05:00Z"},{"item":"tell-buyers","due_at":"2026-09-23T02:05:00Z"},{"item":"ads","due_at":"2026-09-27T02:05:00Z"}]}',X'fad833d27041f84ac972cea1f361dd95c10deae20f4a141859135afc844f479f');
INSERT INTO event VALUES('s-2',12,'{"number":12,"shop":"s-2","kind":"run-superseded","at":"2026-09-20T02:05:00Z","recorded_at":"2026-09-20T02:05:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"run":1,"superseded_by":2}',X'c15b19966101311e3829b41b8f3f3c97720236e3416b46b9d3915406f4aab4b5');
INSERT INTO event VALUES('s-2',13,'{"number":13,"shop":"s-2","kind":"item-ticked","at":"2026-09-21T03:30:00Z","recorded_at":"2026-09-21T03:30:00Z","by":"李敏","login":"root","channel":"cli","clock_set":true,"run":2,"item":"rebind","note":"again"}',X'ab4a78b214831970dde9c21b81ccece1e4a7b3e7f65dcf82c873ecc9bf4d9b53');
CREATE TABLE account_switch (
  shop TEXT NOT NULL REFERENCES shop (id),
  number BIGINT NOT NULL CHECK (number > 0),
  latest BIGINT NOT NULL CHECK (latest IN (0, 1)),
  state TEXT NOT NULL CHECK (state = 'planned' OR state = 'unbound' OR state = 'rebound'
    OR state = 'cancelled' OR state = 'abandoned'),
  from_account TEXT NOT NULL,
  to_account TEXT NOT NULL,
  planned_at BIGINT NOT NULL,
  planned_for BIGINT NOT NULL,
  unbound_at BIGINT,
  until BIGINT,
  estimated BIGINT NOT NULL CHECK (estimated IN (0, 1)),
  until_latest BIGINT,
  finish_by BIGINT,
  ended_at BIGINT,
  reason TEXT,
  confirmed TEXT NOT NULL,
  overrides TEXT NOT NULL,
  PRIMARY KEY (shop, number),
  UNIQUE (shop, number, unbound_at),
  UNIQUE (shop, number, ended_at),
  CHECK (latest = 1 OR (state <> 'planned' AND state <> 'unbound')),
  CHECK ((ended_at IS NULL) = (state = 'planned' OR state = 'unbound')),
  CHECK ((unbound_at IS NULL) = (state = 'planned' OR state = 'abandoned')),
  CHECK (unbound_at >= planned_at AND ended_at >= planned_at AND ended_at >= unbound_at)
) WITHOUT ROWID;
INSERT INTO account_switch VALUES('s-2',1,1,'rebound','old-account','new-account',1788487500000,1788487500000,1788573900000,1788998400000,0,NULL,NULL,1789869900000,NULL,'[]','[]');
CREATE TABLE binding (
  shop TEXT NOT NULL REFERENCES shop (id),
  number BIGINT NOT NULL CHECK (number > 0),
  previous BIGINT,
  account TEXT NOT NULL,
  since BIGINT,
  begun_by BIGINT,
  ended BIGINT,
  ended_by BIGINT,
  PRIMARY KEY (shop, number),
  UNIQUE (shop, number, ended_by),
  CHECK ((number = 1) = (begun_by IS NULL)),
  CHECK ((number = 1) = (previous IS NULL)),
  CHECK (previous = number - 1),
  CHECK (number = 1 OR since IS NOT NULL),
  CHECK ((ended IS NULL) = (ended_by IS NULL)),
  CHECK (ended >= since),
  FOREIGN KEY (shop, begun_by, since) REFERENCES account_switch (shop, number, ended_at),
  FOREIGN KEY (shop, ended_by, ended) REFERENCES account_switch (shop, number, unbound_at),
  FOREIGN KEY (shop, previous, begun_by) REFERENCES binding (shop, number, ended_by)
) WITHOUT ROWID;
INSERT INTO binding VALUES('s-2',1,NULL,'old-account',1788487500000,NULL,1788573900000,1);
INSERT INTO binding VALUES('s-2',2,1,'new-account',1789869900000,1,NULL,NULL);
CREATE INDEX shop_team ON shop (team, id);
CREATE INDEX item_open_owner ON item (owner, due_at, shop, run, position) WHERE open = 1;
CREATE UNIQUE INDEX account_switch_latest ON account_switch (shop) WHERE latest = 1;
CREATE UNIQUE INDEX binding_held ON binding (shop) WHERE ended IS NULL;
CREATE INDEX item_open ON item (due_at, shop, run, position) WHERE open = 1;
COMMIT;
