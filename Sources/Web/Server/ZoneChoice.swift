import Domain
import Operations

extension Books {
  /// Decides shops' zones, by the platforms' files as they say now.
  var shopZones: ShopZones { ShopZones(parts.zones, parts.definitions().definitions) }

  /// In which times are shown that aren't a shop's: the zone of the reader's browser, else the server's.
  func readersZone(_ asked: Asked) -> Zone {
    guard let name = Cookie.value(.zone, in: asked.request), TimeZoneName.isKnown(name, in: parts.zones),
      let zone = parts.zones.zone(named: name)
    else { return parts.zone }
    // Devices whose clocks show universal time tell it by any of its names; people know one.
    return Zone.utc(named: name) == nil ? zone : .utc
  }
}
