// Marks on the map as buttons: each has a name, takes the focus, and keeps it while what it stands
// for changes.
import L from "leaflet";
import { cssColour } from "../../../parts/word.tsx";
import classes from "./map.module.css";
import { type Cluster, isOneSpot, type Mark, type Place } from "./places.ts";

const colours: Readonly<Record<Mark, string>> = {
  faulted: "red",
  waiting: "yellow",
  away: "gray.6",
  charging: "blue",
  serves: "green",
};

/** The marks of one map. */
export interface Marks {
  /** Shows these and no others; one whose first station is the same stays the one it was. */
  show(clusters: readonly Cluster[]): void;
}

interface Hearing {
  readonly labelOf: (cluster: Cluster) => string;
  readonly onStation: (stationId: string) => void;
}

interface Shown {
  readonly marker: L.Marker;
  cluster: Cluster;
  /** What it says and looks like. */
  look: string;
}

/** Makes the marks of a map. */
export function createMarks(map: L.Map, hearing: Hearing): Marks {
  const layer = L.layerGroup().addTo(map);
  const shown = new Map<string, Shown>();

  function add(cluster: Cluster): Shown {
    const marker = L.marker([0, 0], { icon: iconOf(cluster), keyboard: true });
    const one: Shown = { marker, cluster, look: "" };
    const go = () => choose(map, one, hearing);
    marker.on("click", go);
    marker.addTo(layer);
    marker.getElement()?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      go();
    });
    return one;
  }

  return {
    show: (clusters) => {
      const now = new Map(clusters.map((one) => [one.places[0].stationId, one]));
      for (const [first, { marker }] of shown) {
        if (now.has(first)) continue;
        layer.removeLayer(marker);
        shown.delete(first);
      }
      for (const [first, cluster] of now) {
        const known = shown.get(first) ?? add(cluster);
        shown.set(first, known);
        known.cluster = cluster;
        redraw(known, hearing.labelOf(cluster));
      }
    },
  };
}

function redraw(one: Shown, label: string): void {
  const { marker, cluster } = one;
  const [{ latitude, longitude }] = cluster.places;
  marker.setLatLng([latitude, longitude]);
  const look = `${label} ${cluster.mark}`;
  if (one.look === look) return;
  one.look = look;
  marker.setIcon(iconOf(cluster));
  const element = marker.getElement();
  element?.setAttribute("aria-label", label);
  element?.setAttribute("data-mark", cluster.mark);
  // As text: the id of a station may look like HTML.
  marker.unbindTooltip().bindTooltip(asText(label), { direction: "top", offset: [0, -8] });
}

function iconOf({ places, mark }: Cluster): L.DivIcon {
  const dot = document.createElement("span");
  dot.style.setProperty("--mark", cssColour(colours[mark]));
  const isOne = places.length === 1;
  dot.className = (isOne ? classes.dot : classes.several) ?? "";
  if (!isOne) dot.textContent = String(places.length);
  return L.divIcon({ html: dot, className: classes.mark ?? "", iconSize: [28, 28] });
}

/** One station: its page. Several: nearer, or, where no zoom tells them apart, their names. */
function choose(map: L.Map, { marker, cluster }: Shown, { onStation }: Hearing): void {
  const { places } = cluster;
  const [one] = places;
  if (places.length === 1) {
    onStation(one.stationId);
    return;
  }
  if (!isOneSpot(places) && map.getZoom() < map.getMaxZoom()) {
    const points = places.map(({ latitude, longitude }) => L.latLng(latitude, longitude));
    const bounds = L.latLngBounds(points).pad(0.2);
    const nearer = Math.max(map.getBoundsZoom(bounds), map.getZoom() + 1);
    map.setView(bounds.getCenter(), nearer, { animate: false });
    return;
  }
  const list = namesOf(places, onStation);
  marker.unbindPopup().bindPopup(list, { maxHeight: 240, closeButton: false }).openPopup();
  list.querySelector("button")?.focus();
  const back = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    marker.closePopup();
    marker.getElement()?.focus();
  };
  list.addEventListener("keydown", back);
}

function namesOf(places: readonly Place[], onStation: (stationId: string) => void): HTMLElement {
  const list = document.createElement("ul");
  list.className = classes.names ?? "";
  for (const { stationId } of places) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = stationId;
    button.addEventListener("click", () => onStation(stationId));
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  }
  return list;
}

function asText(text: string): HTMLElement {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}
