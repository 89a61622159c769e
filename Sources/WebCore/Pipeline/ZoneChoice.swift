import Domain
import Operations

extension WebServices {
  /// Decides shops' zones, by the platforms' files as they say now.
  package var shopZones: ShopZones { ShopZones(dependencies.zones, dependencies.definitions().definitions) }

  /// In which times are shown that aren't a shop's: the zone of the reader's browser, else the server's.
  package func readersZone(_ request: WebRequest) -> Zone {
    guard let name = CookieName.value(.zone, in: request.http),
      TimeZoneName.isKnown(name, in: dependencies.zones),
      let zone = dependencies.zones.zone(named: name)
    else { return dependencies.zone }
    // Devices whose clocks show universal time tell it by any of its names; people know one.
    return Zone.utc(named: name) == nil ? zone : .utc
  }
}
