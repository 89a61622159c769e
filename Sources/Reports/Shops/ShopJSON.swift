import Domain
import Formats
import Operations

/// A shop as JSON, for the command line and the API alike.
package enum ShopJSON {
  /// `[{"id", "name", "platform", "team", "owner", "time_zone", "tags", "archived", "account"}]`
  ///
  /// - Parameter accounts: the accounts that shops are bound to; nil leaves out `account`.
  package static func render(_ shops: [Shop], accounts: [ShopID: String]? = nil) -> [UInt8] {
    var json = JSONWriter()
    json.array { json in
      for shop in shops {
        json.newLine()
        json.object { json in
          write(shop, to: &json)
          if let accounts { json.field("account", accounts[shop.id]) }
        }
      }
    }
    return json.document()
  }

  /// A shop's fields, and `"runs": [{"run", "checklist", "state", "switched_at"}]`.
  package static func render(_ shop: Shop, runs: [RunSummary]) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      write(shop, to: &json)
      json.key("runs")
      json.array { json in
        for run in runs {
          json.object { json in
            json.field("run", run.number)
            json.field("checklist", run.checklist.rawValue)
            json.field("state", run.state.rawValue)
            json.field("switched_at", run.switchedAt)
          }
        }
      }
    }
    return json.document()
  }

  static func write(_ shop: Shop, to json: inout JSONWriter) {
    json.field("id", shop.id.rawValue)
    json.field("name", shop.name)
    json.field("platform", shop.platform)
    json.field("team", shop.team)
    json.field("owner", shop.owner)
    json.field("time_zone", shop.timeZone)
    json.key("tags")
    json.value(shop.tags)
    json.field("archived", shop.archived)
  }
}
