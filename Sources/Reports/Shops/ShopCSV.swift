import Domain
import Formats
import Operations

/// Shops as the table that `shop list --format csv` writes.
package enum ShopCSV {
  /// The columns of `shop import`, and `account`, which that ignores.
  package static func render(_ shops: [Shop], accounts: [ShopID: String], byteOrderMark: Bool) -> [UInt8] {
    var output: [UInt8] = []
    CSVWriter.append(to: &output) { csv in
      if byteOrderMark { csv.byteOrderMark() }
      csv.header("id,name,platform,team,owner,time_zone,tags,account")
      for shop in shops {
        csv.text(shop.id.rawValue)
        csv.text(shop.name)
        csv.text(shop.platform)
        csv.text(shop.team)
        csv.text(shop.owner)
        csv.text(shop.timeZone)
        csv.text(shop.tags.joined(separator: ";"))
        csv.text(accounts[shop.id])
        csv.endRow()
      }
    }
    return output
  }
}
