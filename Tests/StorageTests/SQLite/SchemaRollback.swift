import GRDB

/// Makes a store one of an older schema, by undoing what migrations did.
enum SchemaRollback {
  static func beforeMachines(_ path: String) throws { try execute(machines, at: path) }
  static func beforeClosing(_ path: String) throws { try execute(machines + closing, at: path) }
  static func beforeCredentials(_ path: String) throws {
    try execute(machines + closing + credentials, at: path)
  }
  static func beforeWeb(_ path: String) throws {
    try execute(machines + closing + credentials + web, at: path)
  }
  static func beforeSwitches(_ path: String) throws {
    try execute(machines + closing + credentials + web + switches, at: path)
  }

  private static let machines = """
    DROP TABLE commit_mark; DROP TABLE definition_file; DROP TABLE definition_folder;
    DELETE FROM migration WHERE name = '006-machines';

    """

  private static let closing = """
    ALTER TABLE item DROP COLUMN missed; ALTER TABLE run DROP COLUMN missed;
    ALTER TABLE account_switch DROP COLUMN imported; DROP TABLE meta;
    DELETE FROM migration WHERE name = '005-closing';

    """

  private static let credentials = """
    ALTER TABLE item DROP COLUMN changed_link;
    ALTER TABLE shop_link DROP COLUMN maker; ALTER TABLE shop_link DROP COLUMN last_used_at;
    ALTER TABLE access_token DROP COLUMN maker; ALTER TABLE access_token DROP COLUMN last_used_at;
    DROP INDEX access_log_kind; ALTER TABLE access_log DROP COLUMN attempts;
    ALTER TABLE kept_file DROP COLUMN kept_link;
    UPDATE item SET proof = json_remove(proof, '$.link') WHERE proof LIKE '%"link":%';
    UPDATE account_switch SET confirmed = (
      SELECT json_group_array(json_remove(c.value, '$.link')) FROM json_each(confirmed) c)
    WHERE confirmed LIKE '%"link":%';
    DELETE FROM migration WHERE name = '004-credentials';

    """

  private static let web = """
    DROP TABLE web_session; DROP TABLE user_account; DROP TABLE access_token; DROP TABLE shop_link;
    DROP TABLE kept_file; DROP TABLE kept_answer; DROP TABLE access_log;
    DROP INDEX shop_due; DROP INDEX shop_team_due; DROP INDEX shop_outstanding; DROP INDEX shop_name;
    DROP INDEX shop_owner; DROP INDEX shop_waiting; DROP INDEX shop_finished; DROP INDEX shop_archived;
    DROP INDEX account_switch_unbound; DROP INDEX item_open;
    CREATE INDEX item_open ON item (due_at, shop, run, position) WHERE open = 1;
    ALTER TABLE item DROP COLUMN awaiting_link;
    ALTER TABLE run DROP COLUMN due_at; ALTER TABLE shop DROP COLUMN owner_folded;
    ALTER TABLE shop DROP COLUMN total; ALTER TABLE shop DROP COLUMN outstanding;
    ALTER TABLE shop DROP COLUMN due_at; ALTER TABLE shop DROP COLUMN waiting;
    DELETE FROM migration WHERE name = '003-web';
    """

  private static let switches = """
    DROP TABLE binding; DROP TABLE account_switch;
    ALTER TABLE run DROP COLUMN began_at; ALTER TABLE run DROP COLUMN account_switch;
    ALTER TABLE item DROP COLUMN due_moved; ALTER TABLE item DROP COLUMN assigned;
    DELETE FROM migration WHERE name = '002-switches';
    """

  static func execute(_ sql: String, at path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { try $0.execute(sql: sql) }
    try queue.close()
  }
}
