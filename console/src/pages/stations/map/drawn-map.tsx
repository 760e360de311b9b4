import L from "leaflet";
import { type ReactNode, useEffect, useRef } from "react";
import "leaflet/dist/leaflet.css";
import { useNavigate } from "@tanstack/react-router";
import { linkTo } from "../../../parts/page-link.tsx";
import { useText } from "../../../strings/language.ts";
import type { Translate } from "../../../strings/translate.ts";
import { type Ground, layGround } from "./ground.ts";
import classes from "./map.module.css";
import { createMarks, type Marks } from "./marks.ts";
import { type Cluster, clustered, type Edges, edgesOf, type Place } from "./places.ts";

/** Marks are as large as a finger needs them, and never over each other. */
const apartPixels = 30;

interface Props {
  readonly places: readonly Place[];
  /** By what they are narrowed down. */
  readonly filtered: string;
  /** Nothing more is on its way. */
  readonly isWhole: boolean;
  /** There are more than are drawn. */
  readonly isMore: boolean;
  readonly tiles: Ground;
  readonly onMoved: (seen: Edges) => void;
}

/** Stations on a graticule or on tiles, drawn by Leaflet; load it lazily (`station-map.tsx`). */
export function DrawnMap(props: Props): ReactNode {
  const { places, filtered, isWhole, isMore, tiles, onMoved } = props;
  const t = useText();
  const navigate = useNavigate();
  const frame = useRef<HTMLDivElement>(null);
  const drawn = useRef<{ readonly map: L.Map; readonly marks: Marks }>(undefined);
  const fittedFor = useRef<string>(undefined);
  const said = useRef({ places, onMoved, t });
  said.current = { places, onMoved, t };

  // biome-ignore lint/correctness/useExhaustiveDependencies: another language does not move the map
  useEffect(() => {
    if (frame.current === null) return;
    const map = mapIn(frame.current, t);
    layGround(map, tiles);
    const marks = createMarks(map, {
      labelOf: (cluster) => labelOf(cluster, said.current.t),
      onStation: (stationId) => {
        void navigate(linkTo({ page: "station", params: { stationId } }) as never);
      },
    });
    drawn.current = { map, marks };
    const watching = new ResizeObserver(() => map.invalidateSize({ pan: false }));
    watching.observe(frame.current);
    map.on("zoomend", () => draw(map, marks, said.current.places));
    map.on("moveend", () => said.current.onMoved(seenOn(map)));
    return () => {
      watching.disconnect();
      map.remove();
      drawn.current = undefined;
      fittedFor.current = undefined;
    };
  }, [navigate, tiles]);

  useEffect(() => {
    if (drawn.current === undefined) return;
    const { map, marks } = drawn.current;
    draw(map, marks, places);
    if (places.length === 0 || !isWhole || fittedFor.current === filtered) return;
    // Whoever has moved the map wants it to stay, unless all that he has found fits into it.
    const isFit = fittedFor.current === undefined || !isMore;
    fittedFor.current = filtered;
    if (!isFit) return;
    map.fitBounds(boundsOf(places).pad(0.15), { maxZoom: 14, animate: false });
  }, [places, filtered, isWhole, isMore]);

  return <section ref={frame} className={classes.map} aria-label={t("map.title")} />;
}

function mapIn(frame: HTMLElement, t: Translate): L.Map {
  const isMoving = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(frame, {
    ...{ attributionControl: false, zoomControl: false, minZoom: 2, maxZoom: 18 },
    ...{ fadeAnimation: isMoving, zoomAnimation: isMoving, markerZoomAnimation: isMoving },
    // One world: a station is in one place.
    maxBounds: [
      [-90, -180],
      [90, 180],
    ],
    maxBoundsViscosity: 1,
  });
  const words = { zoomInTitle: t("map.zoomIn"), zoomOutTitle: t("map.zoomOut") };
  L.control.zoom({ position: "topright", ...words }).addTo(map);
  map.setView([50, 8], 5);
  return map;
}

function draw(map: L.Map, marks: Marks, places: readonly Place[]): void {
  const pointOf = ({ latitude, longitude }: Place) => map.project([latitude, longitude]);
  marks.show(clustered(places, pointOf, apartPixels));
}

function boundsOf(places: readonly Place[]): L.LatLngBounds {
  return L.latLngBounds(places.map(({ latitude, longitude }) => [latitude, longitude]));
}

function seenOn(map: L.Map): Edges {
  const bounds = map.getBounds();
  return edgesOf({
    ...{ south: bounds.getSouth(), west: bounds.getWest() },
    ...{ north: bounds.getNorth(), east: bounds.getEast() },
  });
}

/** What a mark stands for, for who hears it and who points at it. */
function labelOf({ places }: Cluster, t: Translate): string {
  const [one, other] = places;
  if (other !== undefined) {
    const faulted = places.filter(({ status }) => status === "faulted").length;
    return t("map.several", { count: places.length, station: one.stationId, faulted });
  }
  const { stationId, state, status, connected } = one;
  const connection = t(connected ? "stations.online" : "stations.offline");
  return `${stationId}: ${t(`state.${state}`)}, ${connection}, ${t(`status.${status}`)}`;
}
