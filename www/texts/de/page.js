// Every sentence of the page in German; the shape is that of `../en/page.js`, and a test holds the two against each other.
// Written as one talks to a pupil ("du"), plain and short. It imports nothing from outside this folder: see `../../texts.js`.
//
// Terms, one word for each:
//   generator, discriminator, critic    Generator (G), Diskriminator (D), Kritiker
//   real, fake, to fool                 echt, der Fake, täuschen
//   loss, objective                     Verlust, Zielfunktion
//   learning rate, batch, update        Lernrate, Batch, Update
//   run, step, preset, seed             Lauf, Schritt, Vorlage, Startwert
//   mode, mode collapse                 Modus (Moden), Modenkollaps
//   cluster; Gaussian, as data          Haufen
//   noise, latent                       Rauschen, latent
//   layer, hidden layer, net, weight    Schicht, verdeckte Schicht, Netz, Gewicht
//   gradient, gradient penalty          Gradient, Gradientenstrafe
//   to clip                             kappen
//   moving average (EMA) of G           gleitender Mittelwert von G; kurz: Mittel von G
//   head start, packing, schedule       Vorsprung, Packing, Zeitplan
//   Fréchet distance, floor             Fréchet-Distanz, Basiswert (was echte Bilder untereinander erreichen)
//   earth mover's distance              Earth-Mover-Distanz
//   share, quality, diversity           Anteil, Güte, Vielfalt
//   class, label, attribute             Klasse, Label, Merkmal
//   device, graphics card               Gerät, Grafikkarte
import { attributeOf, classOf, titleOf } from "./names.js";
import { number } from "./numbers.js";

/**
 * @typedef {import("../../hash.js").LinkProblem} LinkProblem
 * @typedef {import("../../protocol.js").DeviceChoice} DeviceChoice
 * @typedef {import("../../protocol.js").Failure} Failure
 * @typedef {import("../../protocol.js").FailureCode} FailureCode
 * @typedef {import("../../protocol.js").Diagnosis} Diagnosis
 * @typedef {import("../../protocol.js").DiagnosisKind} DiagnosisKind
 * @typedef {import("../../fields.js").Field} Field
 * @typedef {import("../../texts.js").WayOn} WayOn
 */

/** What the document says of itself. */
export const PAGE = {
  language: "de",
  title: "GAN playground",
  description: "Trainiere ein kleines Generative Adversarial Network in deinem Browser, und sieh ihm beim Lernen zu.",
};

/** The second word gives way where room is short. */
export const NAME = ["GAN", "playground"];

export const TOOLBAR = {
  data: "Daten",
  play: "Start",
  pause: "Pause",
  playHint: "Trainieren oder anhalten (Leertaste)",
  step: "Schritt",
  stepHint: "Einen Trainingsschritt machen",
  reset: "Neustart",
  resetHint: "Von vorn beginnen, mit demselben Startwert",
  speed: "Tempo",
  fullSpeed: "Vollgas",
  /** @param {number} n */
  stepsASecond: (n) => (n === 1 ? "1 pro s" : `${n} pro s`),
  steps: "Schritte",
  rate: "pro s",
  device: "Gerät",
  share: "Teilen",
  shareHint: "Ein Link oder QR-Code, der genau dieses Experiment öffnet",
  export: "Exportieren",
  exportHint: "Den Lauf mitnehmen: Zahlen, Abbildungen, ein Befehl, ein PyTorch-Skript",
  /** @param {string} detail */
  exportFailed: (detail) => `Der Export kam nicht an (${detail}). Der Lauf geht weiter; prüfe die Verbindung und versuche es noch einmal.`,
  theme: "Dunkel oder hell",
  language: "Sprache (language)",
  controls: "Steuerung",
};

/** What can be opened beside the run. */
export const ACTIVITY = {
  label: "Was du damit machen kannst",
  loading: "Dieser Teil der Seite wird geladen …",
  /** @param {string} detail */
  failed: (detail) => `Dieser Teil der Seite ist nicht angekommen (${detail}). Der Lauf geht weiter; prüfe die Verbindung und versuche es noch einmal.`,
  retry: "Noch einmal",
  lessons: "Lektionen",
  lessonsHint: "Zehn Lektionen zu zehn Minuten: lesen, vorhersagen, Start drücken, hinsehen",
  slow: "Zeitlupe",
  slowHint: "Ein Trainingsschritt, zerlegt, mit seinen echten Zahlen",
  game: "Du urteilst",
  gameHint: "Spiele den Diskriminator: echt oder Fake, gegen die Uhr",
  compare: "Vergleichen",
  compareHint: "Zwei GANs nebeneinander, die sich in einer Einstellung unterscheiden",
};

export const DEVICE_NAMES = { cpu: "CPU", webgpu: "WebGPU" };

/** Why this device, as short as a badge needs it. @type {Record<Exclude<DeviceChoice["reason"], "measured" | "small-net">, string>} */
const DEVICE_REASONS = {
  forced: "von dir gewählt",
  "at-once": "sofort bereit",
  trying: "Grafikkarte wird nebenbei erprobt",
  "save-data": "Browser spart Daten: keine 2 MB für einen Test der GPU",
  "no-webgpu": "kein WebGPU in diesem Browser",
  "no-adapter": "keine Grafikkarte angeboten",
  "software-adapter": "keine echte Grafikkarte",
  "no-timestamp-query": "Grafikkarte ohne Zeitmesser",
  "gpu-failed": "Grafikkarte versagte im Test; die CPU macht weiter",
  "gpu-lost": "Grafikkarte ging verloren",
};

/** @param {DeviceChoice} choice */
export function whyDevice({ used, reason, times }) {
  if (reason !== "measured" && reason !== "small-net") return DEVICE_REASONS[reason];
  const { cpu = 0, webgpu = 0 } = times ?? {};
  if (reason === "small-net") return `${brief(cpu)} ms je Schritt: zu klein für eine Grafikkarte`;
  const [mine, other, loser] = used === "cpu" ? [cpu, webgpu, "GPU"] : [webgpu, cpu, "CPU"];
  const ratio = other / mine;
  // What would read as 1.1 or less is no faster.
  const faster = ratio < 1.15 ? "etwa" : `${brief(ratio)}-mal`;
  return `${faster} so schnell wie die ${loser} (${brief(mine)} statt ${brief(other)} ms je Schritt)`;
}

/** @param {number} value */
const brief = (value) => number(value < 9.95 ? value.toFixed(1) : Math.round(value));

export const LOADING = {
  module: "Der Trainingscode wird geladen …",
  data: "Die Daten werden geladen …",
  device: "Die beiden Netze werden aufgebaut …",
};

// --- Presets -------------------------------------------------------------------------------------------------

export const GUIDE = {
  label: "Worauf du achten kannst",
  preset: "Zeig mir",
  back: "Zurücknehmen",
  backHint: "Zurück zu dieser Vorlage, wie sie war",
  others: "Mehr",
  /** @param {string} name */
  file: (name) => `Deine Datei ${name}`,
  /** @param {number} steps */
  fileWatch: (steps) => `Beim Sichern war es ${number(steps)} Schritte lang trainiert. Start macht dort weiter, Neustart kehrt dorthin zurück.`,
};

/** The menu of presets; names are those of `fields.json`, and whatever it has beyond these comes last. */
export const PRESET_GROUPS = [
  { title: "Fang hier an", presets: ["healthy"] },
  { title: "Was schiefgeht", presets: ["collapse", "vanishing", "strong-discriminator", "strong-generator", "unstable"] },
  { title: "Ideen im Vergleich", presets: ["minimax", "non-saturating", "wgan-clipping", "wgan-gp"] },
  { title: "Bilder", presets: ["digits", "conditional-digits", "digits-best", "fashion", "fashion-best", "animals", "faces"] },
  { title: "Schon trainiert", presets: ["trained-faces", "trained-digits", "trained-digits-mixed", "trained-fashion", "trained-animals"] },
  { title: "Aus der Forschung", presets: ["ring", "grid"] },
  { title: "Formen", presets: ["two-gaussians", "unequal", "blobs", "line", "moons", "circles", "spiral", "swiss-roll", "checkerboard", "star", "drawn"] },
];

/** What each preset is called, and what to watch for. @type {Record<string, {title: string, watch: string}>} */
const PRESETS = {
  healthy: {
    title: "Ein gesundes Spiel",
    watch: "Drücke Start: Die orangen Fakes finden alle acht Haufen. Achte darauf, wie die Trefferquote von D dabei auf die eines Münzwurfs sinkt.",
  },
  collapse: {
    title: "Modenkollaps",
    watch: "Beide Netze lernen zu schnell. Achte darauf, wie sich die Fakes auf zwei bis vier Haufen sammeln und dort bleiben: D zeigt G nie, was fehlt.",
  },
  vanishing: {
    title: "Verschwindender Gradient",
    watch: "D hat einen Vorsprung, und G den Verlust aus dem Lehrbuch. D wird sich überall sicher, und die Gradientenbalken von G schrumpfen auf fast nichts.",
  },
  "strong-discriminator": {
    title: "D zu stark",
    watch: "D ist groß und schnell, G klein und langsam. Die Trefferquote von D bleibt nahe 100 %: G hat einen Gradienten, holt aber nie auf.",
  },
  "strong-generator": {
    title: "G zu stark",
    watch: "D hat keine verdeckte Schicht. Seine Trefferquote sinkt auf die eines Münzwurfs, obwohl die Fakes schlecht sind: Ein ruhiger Verlust ist kein gutes Bild.",
  },
  unstable: {
    title: "Lernraten zu hoch",
    watch: "Beide Lernraten sind viel zu hoch. Achte darauf, wie die Verluste um Größenordnungen springen und die Fakes aus dem Bild fliegen.",
  },
  minimax: {
    title: "Minimax-Verlust",
    watch: "Der Verlust des ersten GANs. Achte darauf, wie wenig G daraus lernt, dass D etwas findet: Es kriecht. Öffne dann das Gegenstück, den nicht sättigenden Verlust.",
  },
  "non-saturating": {
    title: "Nicht sättigender Verlust",
    watch: "Minimax mit einer Änderung: G maximiert ln D, statt ln(1 − D) zu minimieren. Es lernt am meisten aus den Fakes, die D findet.",
  },
  "wgan-clipping": {
    title: "Wasserstein, Gewichte gekappt",
    watch: "D ist ein Kritiker, der einen Abstand misst; seine Gewichte sind gekappt. Achte darauf, wie schlicht seine Fläche ist und wie langsam die Fakes folgen.",
  },
  "wgan-gp": {
    title: "Wasserstein, Gradientenstrafe",
    watch: "Derselbe Kritiker, gehalten von einer Strafe auf seine Steigung. Die Fläche biegt sich frei, und die Fakes erreichen alle Haufen.",
  },
  ring: {
    title: "Ring aus der Forschung",
    watch: "Acht sehr enge Haufen, mit relativistischem Verlust, R1 und R2. Der Anteil guter Fakes steigt, wenn sich der Zeitplan dem Ende nähert.",
  },
  grid: {
    title: "25er-Gitter aus der Forschung",
    watch: "Die meisten einfachen GANs verlieren Haufen dieses Gitters. Hier werden es 25 von 25, und mit dem Mittel von G wächst der Anteil guter Fakes.",
  },
  digits: {
    title: "Handgeschriebene Ziffern",
    watch: "Ein kleines GAN mit Faltungen. Nach ein paar Hundert Schritten entstehen Striche, und die Fréchet-Distanz sinkt auf ihren gestrichelten Basiswert zu.",
  },
  "conditional-digits": {
    title: "Ziffern auf Wunsch",
    watch: "Beiden Netzen wird die Ziffer gesagt, und jede Zeile soll eine davon zeigen. Achte darauf, wie der Anteil wie verlangt von 10 % an steigt.",
  },
  "digits-best": {
    title: "Ziffern, der lange Lauf",
    watch: "Größere Netze mit gesagter Ziffer, relativistischer Verlust, R1 und R2, Mittel von G. Die Fréchet-Distanz kommt dem Basiswert nahe, nach Tausenden Schritten.",
  },
  fashion: {
    title: "Kleidung",
    watch: "Die Netze der Ziffern mit anderen Bildern. Welche Kleidungsstücke kommen zuerst, und welche fehlen in den Balken der Klassen?",
  },
  animals: {
    title: "Tiere, auch Katzen",
    watch: "Umrisse von zehn Tieren. Achte darauf, wie den Klecksen Beine und Ohren wachsen; wähle unter Daten nur „Katze“, um allein mit Katzen zu trainieren.",
  },
  faces: {
    title: "Pixelgesichter",
    watch: "Gesichter von Leuten, die es nicht gibt, in Farbe. Zuerst kommen Haut und Hintergrund, dann die Haare und zuletzt die Brillen.",
  },
  "trained-faces": {
    title: "Gesichter, trainiert",
    watch: "6.000 Schritte trainiert. Öffne das Latentstudio unter dem Bild: Setze einem Gesicht eine Brille auf, und halte alles andere fest. Start macht von hier aus weiter.",
  },
  "trained-digits": {
    title: "Ziffern auf Wunsch, trainiert",
    watch: "4.000 Schritte trainiert, mit gesagter Ziffer. Öffne das Latentstudio: ein Rauschen, alle zehn Ziffern in derselben Handschrift. Start macht von hier aus weiter.",
  },
  "trained-digits-mixed": {
    title: "Ziffern nur aus Rauschen, trainiert",
    watch: "6.000 Schritte trainiert, ohne dass die Ziffer gesagt wurde. Öffne das Latentstudio, und lenke eine 3 zur 8: Der Weg führt über Dinge, die keins von beiden sind.",
  },
  "trained-fashion": {
    title: "Kleidung, trainiert",
    watch: "4.000 Schritte trainiert, mit gesagtem Kleidungsstück. Öffne das Latentstudio, und mische einen Schuh mit einer Tasche.",
  },
  "trained-animals": {
    title: "Tiere, trainiert",
    watch: "4.000 Schritte trainiert, mit gesagtem Tier. Öffne das Latentstudio, und wandere von einer Katze zur anderen.",
  },
  "own-pictures": {
    title: "Deine Bilder",
    watch: "Deine eigenen Bilder. Zuerst kommen die Farben, dann die Formen; wenige Bilder sind bald auswendig gelernt (siehe Über diese Daten).",
  },
  "own-table": {
    title: "Deine Zahlen",
    watch: "Deine eigenen Spalten, standardisiert. Erst legen sich die Histogramme der Fakes auf deine, dann stimmt auch, wie die Spalten zusammenhängen.",
  },
  line: { title: "Linie", watch: "Die schlichteste Form. Die Fakes, erst nur ein Fleck, fallen auf die Linie und breiten sich dann bis zu ihren Enden aus." },
  "two-gaussians": { title: "Zwei Haufen", watch: "Die kleinsten Daten, die kollabieren können. Achte darauf, ob sich die Fakes gleichmäßig aufteilen." },
  unequal: { title: "Ungleiche Haufen", watch: "Jeder Haufen ist halb so häufig wie der vorige. Achte darauf, wie spät der seltenste gefunden wird." },
  blobs: { title: "Drei Kleckse", watch: "Drei Haufen weit auseinander. Achte auf die dünnen Brücken dazwischen: G ist stetig, und die Lücken sind es nicht." },
  moons: { title: "Zwei Monde", watch: "Zwei Halbkreise, die ineinandergreifen. Achte darauf, wie G sein Rauschen zerreißt, um zwei daraus zu machen." },
  circles: { title: "Zwei Kreise", watch: "Ein Kreis in einem Kreis. Achte auf die Fläche von D: Es muss auf zwei Ringen „echt“ sagen und dazwischen „Fake“." },
  spiral: { title: "Spirale", watch: "Zwei Arme, schmal und lang. Achte darauf, wie sich die Fakes von der Mitte aus nach außen wickeln." },
  "swiss-roll": { title: "Biskuitrolle", watch: "Ein langes Band, aufgerollt. Die Zahl der gefundenen Teile steigt, während die Fakes ihm rundherum folgen." },
  checkerboard: { title: "Schachbrett", watch: "Acht Quadrate mit scharfen Kanten. Achte auf die Ecken, wo sich Nachbarn treffen: Sie werden als Letzte frei." },
  star: { title: "Stern", watch: "Ein Umriss mit zehn Ecken. Erst runden die Fakes die Ecken ab, dann schärfen sie sie nach und nach." },
  drawn: { title: "Deine Zeichnung", watch: "Zeichne irgendetwas unter Daten, und drücke Start: Die Fakes versuchen, deinen Linien zu folgen. Der Link trägt die Zeichnung mit." },
  "fashion-best": {
    title: "Kleidung, der lange Lauf",
    watch: "Größere Netze mit gesagtem Kleidungsstück, relativistischer Verlust, R1 und R2, Mittel von G. Achte auf die Fréchet-Distanz; es braucht Tausende Schritte.",
  },
};

/** Presets that are no choice of their own: they are what own data start from. */
export const HIDDEN_PRESETS = ["own-pictures", "own-table"];

/** @param {string} name  of a preset, known here or not */
export const presetText = (name) => PRESETS[name] ?? { title: name, watch: "" };

// --- Settings ------------------------------------------------------------------------------------------------

export const SETTINGS = {
  title: "Experiment",
  intro: "Jede Änderung beginnt den Lauf von vorn, außer bei Einstellungen mit „sofort“.",
  live: "sofort",
  liveHint: "Gilt vom nächsten Schritt an",
  /** @param {number} count  of settings in a group that are not as in a healthy game */
  changed: (count) => `${count} geändert`,
  /** @param {string} detail  of the crate, in English */
  refused: (detail) => `Das passt nicht zusammen (auf Englisch: ${detail}).`,
  minimises: { d: "D minimiert", g: "G minimiert" },
  symbols: "x ist echt, G(z) ein Fake, E ein Mittel über den Batch, D eine Wahrscheinlichkeit und C die Bewertung, aus der sie entsteht.",
};

/** The groups of settings, in order, with the paths that begin each, and whether it is unfolded at first. */
export const GROUPS = [
  { key: "data", title: "Daten", paths: ["data.", "conditional"], note: "Was G nachmacht.", open: true },
  { key: "noise", title: "Rauschen", paths: ["noise."], note: "Quelle der Fakes.", open: false },
  { key: "generator", title: "Generator", paths: ["generator.", "output"], note: "Macht die Fakes.", open: false },
  { key: "discriminator", title: "Diskriminator", paths: ["discriminator."], note: "Erkennt Fakes.", open: false },
  { key: "objective", title: "Zielfunktion", paths: ["objective."], note: "Wer was will.", open: true },
  { key: "lipschitz", title: "Lipschitz", paths: ["lipschitz."], note: "Hält D glatt.", open: false },
  { key: "optimiser", title: "Optimierer", paths: ["optimiser."], note: "Macht Updates.", open: false },
  { key: "training", title: "Training", paths: ["seed", "training."], note: "Wer wie schnell lernt.", open: true },
  { key: "schedule", title: "Zeitplan", paths: ["schedule."], note: "Ändert sich im Lauf.", open: false },
  { key: "stabilisers", title: "Stabilisierung", paths: ["stabilisers."], note: "Profikniffe.", open: false },
];

/** @type {Record<string, {label: string, help: string}>} */
export const FIELDS = {
  seed: { label: "Startwert", help: "Derselbe Startwert gibt denselben Lauf." },
  device: { label: "Gerät", help: "Wo das Training läuft." },
  "data.kind": { label: "Daten", help: "Was der Generator nachmachen lernt." },
  "data.modes": { label: "Moden", help: "Haufen auf dem Ring." },
  "data.radius": { label: "Radius", help: "Des Rings." },
  "data.side": { label: "Moden je Seite", help: "Des quadratischen Gitters." },
  "data.spacing": { label: "Abstand", help: "Zwischen Nachbarn im Gitter." },
  "data.sigma": { label: "Streuung", help: "Standardabweichung eines Haufens oder des Rauschens um eine Linie." },
  "data.strokes": { label: "Zeichnung", help: "Was du zeichnest, macht G nach." },
  "data.id": { label: "Abgelegt unter", help: "Deine Daten, in diesem Browser." },
  "data.columns": { label: "Spalten", help: "Zwei sind ein Punkt in der Ebene; bis zu 16 werden paarweise gezeigt." },
  "data.sheets": { label: "Bögen", help: "Wie viele Bögen mit Bildern geladen werden: mehr Vielfalt, längerer Download." },
  "data.attribute": { label: "Merkmal", help: "Was die Klassen sind, für bedingte Läufe und für die Auswahl darunter." },
  "data.only": { label: "Nur diese", help: "Klassen, mit denen trainiert wird." },
  conditional: { label: "Bedingt", help: "Beiden Netzen wird die Klasse gesagt, sodass man sie von G verlangen kann." },
  "noise.dims": { label: "Dimensionen", help: "Zufallszahlen, aus denen jeder Fake entsteht." },
  "noise.distribution": { label: "Verteilung", help: "Wie sie gezogen werden; die Varianz ist bei beiden 1." },
  "generator.kind": { label: "Netz", help: "Faltungen gibt es nur für Bilder." },
  "generator.hidden": { label: "Verdeckte Schichten", help: "Neuronen in jeder Schicht, durch Kommas getrennt." },
  "generator.channels": { label: "Kanäle", help: "Merkmalskarten bei der feinsten Auflösung." },
  "generator.activation": { label: "Aktivierung", help: "Was zwischen den Schichten biegt." },
  output: { label: "Ausgabe", help: "Tanh hält Fakes im Bild, linear nicht." },
  "discriminator.kind": { label: "Netz", help: "Faltungen gibt es nur für Bilder." },
  "discriminator.hidden": { label: "Verdeckte Schichten", help: "Neuronen in jeder Schicht, durch Kommas getrennt." },
  "discriminator.channels": { label: "Kanäle", help: "Merkmalskarten bei der feinsten Auflösung." },
  "discriminator.activation": { label: "Aktivierung", help: "Was zwischen den Schichten biegt." },
  "objective.kind": { label: "Zielfunktion", help: "Was jedes Netz klein machen will." },
  "objective.label_smoothing": { label: "Label-Glättung", help: "Wie weit unter 1 das Ziel von D für Echtes liegt, damit D sich nie zu sicher wird." },
  "lipschitz.gradient_penalty": { label: "Gradientenstrafe", help: "Gewicht λ, das die Steigung von D zwischen echt und Fake nahe 1 hält (WGAN-GP). 0 ist aus." },
  "lipschitz.r1": { label: "R1", help: "Gewicht γ, das D an echten Beispielen flach hält. 0 ist aus." },
  "lipschitz.r2": { label: "R2", help: "Dasselbe an Fakes. 0 ist aus." },
  "lipschitz.weight_clip": { label: "Gewichte kappen", help: "Die Gewichte von D werden bei dieser Größe gekappt (das erste WGAN). 0 ist aus." },
  "lipschitz.spectral_norm": { label: "Spektralnorm", help: "Jede Schicht von D wird so skaliert, dass sie nichts um mehr als das 1-Fache streckt." },
  "optimiser.kind": { label: "Optimierer", help: "Wie aus Gradienten Updates werden, für beide Netze." },
  "optimiser.beta1": { label: "β₁", help: "Gedächtnis für frühere Gradienten. GANs nehmen weniger als andere Netze." },
  "optimiser.beta2": { label: "β₂", help: "Gedächtnis für ihre Quadrate." },
  "optimiser.weight_decay": { label: "Weight Decay", help: "Zieht alle Gewichte in Richtung 0." },
  "optimiser.momentum": { label: "Momentum", help: "Wie viel vom letzten Update noch einmal gemacht wird." },
  "optimiser.decay": { label: "Abklingen", help: "Gedächtnis für quadrierte Gradienten." },
  "training.batch": { label: "Batchgröße", help: "Beispiele in jedem Update." },
  "training.d_updates": { label: "Updates von D", help: "Updates des Diskriminators in einem Schritt." },
  "training.g_updates": { label: "Updates von G", help: "Updates des Generators in einem Schritt." },
  "training.d_learning_rate": { label: "Lernrate von D", help: "Wie weit sich D in einem Update bewegt." },
  "training.g_learning_rate": { label: "Lernrate von G", help: "Wie weit sich G in einem Update bewegt." },
  "training.steps": { label: "Länge", help: "Schritte, nach denen ein Zeitplan zu Ende ist. Das Training geht weiter, bis du es anhältst." },
  "schedule.kind": { label: "Zeitplan", help: "Wie Lernraten und Strafen im Lauf sinken." },
  "schedule.learning_rate_end": { label: "Lernraten am Ende", help: "Anteil der Lernraten, der übrig bleibt." },
  "schedule.penalty_end": { label: "Strafen am Ende", help: "Anteil der Gewichte der Strafen, der übrig bleibt." },
  "stabilisers.d_head_start": { label: "Vorsprung von D", help: "Schritte, in denen D anfangs allein lernt." },
  "stabilisers.packing": { label: "Packing", help: "Beispiele, die D nebeneinander beurteilt, damit es merkt, wenn alle Fakes gleich sind (PacGAN). Der Batch muss durch diese Zahl teilbar sein." },
  "stabilisers.instance_noise": { label: "Instanzrauschen", help: "Rauschen auf allem, was D sieht, damit sich echt und Fake überlappen. 0 ist aus." },
  "stabilisers.instance_noise_steps": { label: "Rauschen endet nach", help: "Schritte, bis dieses Rauschen weg ist." },
  "stabilisers.gradient_clip": { label: "Gradienten kappen", help: "Längere Gradienten eines Netzes werden auf diese Länge gekappt. 0 ist aus." },
  "stabilisers.ema_half_life": { label: "Mittel von G", help: "Schritte, in denen sich der Anteil eines Gewichts am gleitenden Mittelwert (EMA) von G halbiert. 0 ist aus." },
  "stabilisers.ema_shown": { label: "Mit dem Mittel zeichnen", help: "Fakes und Messwerte kommen vom Mittel von G, wenn es eines gibt." },
};

/** @param {string} path  of a field, known here or not */
export const fieldText = (path) => FIELDS[path] ?? { label: path, help: "" };

const ACTIVATIONS = { "leaky-relu": "Leaky ReLU", relu: "ReLU", tanh: "Tanh", silu: "SiLU" };
const NETS = { mlp: "Voll verbunden", conv: "Mit Faltungen", residual: "Residual" };

/** Options of choices, by path and value. @type {Record<string, Record<string, string>>} */
export const OPTIONS = {
  device: { auto: "Automatisch", cpu: "CPU", webgpu: "WebGPU" },
  "data.kind": {
    ring: "Ring aus Haufen", grid: "Gitter aus Haufen", line: "Linie", "two-gaussians": "Zwei Haufen", unequal: "Ungleiche Haufen",
    blobs: "Drei Kleckse", moons: "Zwei Monde", circles: "Zwei Kreise", spiral: "Spirale", "swiss-roll": "Biskuitrolle",
    checkerboard: "Schachbrett", star: "Stern", drawn: "Selbst zeichnen", digits: "Ziffern", fashion: "Kleidung",
    animals: "Tiere (auch Katzen)", faces: "Pixelgesichter", "own-pictures": "Deine Bilder …", "own-table": "Deine Zahlen …",
  },
  "data.attribute": {
    glasses: "Brille", hat: "Hut", beard: "Bart", "hair-length": "Haarlänge", "hair-colour": "Haarfarbe", mouth: "Mund",
    skin: "Haut", background: "Hintergrund",
  },
  "noise.distribution": { gaussian: "Gaußverteilt", uniform: "Gleichverteilt" },
  "generator.kind": NETS,
  "generator.activation": ACTIVATIONS,
  output: { linear: "Linear", tanh: "Tanh" },
  "discriminator.kind": NETS,
  "discriminator.activation": ACTIVATIONS,
  "objective.kind": {
    minimax: "Minimax",
    "non-saturating": "Nicht sättigend",
    "least-squares": "Kleinste Quadrate",
    hinge: "Hinge",
    wasserstein: "Wasserstein",
    relativistic: "Relativistisch",
  },
  "optimiser.kind": { adam: "Adam", "adam-w": "AdamW", sgd: "SGD", momentum: "Momentum", "rms-prop": "RMSProp" },
  "schedule.kind": { constant: "Konstant", linear: "Linear", cosine: "Kosinus" },
};

/** Headings in long lists of options; every option is under one. @type {Record<string, {title: string, options: string[]}[]>} */
export const OPTION_GROUPS = {
  "data.kind": [
    { title: "Haufen", options: ["ring", "grid", "two-gaussians", "unequal", "blobs"] },
    { title: "Formen", options: ["line", "moons", "circles", "spiral", "swiss-roll", "checkerboard", "star", "drawn"] },
    { title: "Bilder", options: ["digits", "fashion", "animals", "faces"] },
    { title: "Eigenes", options: ["own-pictures", "own-table"] },
  ],
};

/** @param {string} path @param {string} value */
export const optionText = (path, value) => OPTIONS[path]?.[value] ?? value;

/** What D and G minimise, term by term. @type {Record<string, {d: string[], g: string[], note: string}>} */
export const OBJECTIVES = {
  minimax: {
    d: ["−E ln D(x)", "− E ln(1 − D(G(z)))"],
    g: ["E ln(1 − D(G(z)))"],
    note: "Ein Spiel mit einem Preis. Wo D sich sicher ist, ist die Steigung für G fast 0.",
  },
  "non-saturating": {
    d: ["−E ln D(x)", "− E ln(1 − D(G(z)))"],
    g: ["−E ln D(G(z))"],
    note: "G bekommt sein stärkstes Signal genau da, wo D sicher einen Fake sieht.",
  },
  "least-squares": {
    d: ["½ E (C(x) − 1)²", "+ ½ E C(G(z))²"],
    g: ["½ E (C(G(z)) − 1)²"],
    note: "Bewertungen werden zu 1 und 0 gezogen; so rückt auch ein Fake auf der richtigen Seite noch näher.",
  },
  hinge: {
    d: ["E max(0, 1 − C(x))", "+ E max(0, 1 + C(G(z)))"],
    g: ["−E C(G(z))"],
    note: "D kümmert sich nicht mehr um das, was es mit einem Abstand von 1 richtig hat.",
  },
  wasserstein: {
    d: ["E C(G(z))", "− E C(x)"],
    g: ["−E C(G(z))"],
    note: "D ist ein Kritiker: Glatt gehalten (siehe Lipschitz), schätzt er die Earth-Mover-Distanz.",
  },
  relativistic: {
    d: ["−E ln σ(C(x) − C(G(z)))"],
    g: ["−E ln σ(C(G(z)) − C(x))"],
    note: "Jeder Fake wird neben einem echten Beispiel beurteilt; so bleibt kein Ort zum Kollabieren.",
  },
};

/** What a field takes, for a help line or an error. @param {Field} field */
export function rangeText({ type, min = 0, max = 0, options, minItems, maxItems, maxLength }) {
  if (type === "choice") return (options ?? []).join(", ");
  if (type === "switch") return "true oder false";
  if (type === "text") return `höchstens ${number(maxLength ?? 0)} Buchstaben, Ziffern, Punkte, Striche und Unterstriche`;
  if (type === "list") return `${minItems} bis ${maxItems} ganze Zahlen von ${number(min)} bis ${number(max)}, durch Kommas getrennt`;
  return `${type === "integer" ? "ganze Zahlen, " : ""}${amount(min)} bis ${amount(max)}`;
}

/** The same, short enough for beside a label. @param {Field} field */
export function shortRange({ type, min = 0, max = 0, minItems, maxItems }) {
  if (type === "choice" || type === "switch" || type === "text") return "";
  if (type === "list") return `${minItems}–${maxItems} Schichten mit ${min}–${max}.`;
  return max === 4294967295 ? "0 bis 2³² − 1." : `${amount(min)} bis ${amount(max)}.`;
}

/** The end of a range, which may be smaller than numbers are written by themselves. @param {number} value */
const amount = (value) => number(value, { maximumSignificantDigits: 10 });

/** @param {string} label @param {"unreadable" | "range" | "mismatch"} reason @param {Field} field */
export function inputProblem(label, reason, field) {
  return `${reason === "unreadable" ? "Das ist keine Zahl. " : ""}${label}: möglich ist ${rangeText(field)}.`;
}

// --- The stage and what is beside it -------------------------------------------------------------------------

export const STAGE = {
  label: "Was die Netze tun",
  imitate: "Vorbild",
  own: "Eigene",
  ownHint: "Mit deinen eigenen Bildern oder Zahlen trainieren: Sie bleiben in diesem Browser",
  real: "Echt",
  fake: "Fake",
  surface: "D sagt:",
  scaleFake: "Fake",
  scaleReal: "echt",
  pointsLabel: "Die Ebene, mit echten Punkten als blauen Ringen, Fakes als orangen Punkten und der Meinung von D zu jeder Stelle als Farbe",
  imagesCaption: "Jeder Fake behält sein Rauschen, so kannst du ihm folgen. Der Balken unter einem Bild sagt, für wie echt D es hält.",
  ema: { text: "Gezeichnet vom Mittel von G", hint: "Fakes und Messwerte kommen vom gleitenden Mittelwert der Gewichte von G, nicht von G, wie es gerade ist" },
  transport: {
    label: "Earth-Mover-Weg zeigen",
    length: "mittlere Länge ",
    hint: "Der billigste Weg, 200 der Fakes auf 200 echte Punkte zu schieben; seine mittlere Länge ist die Earth-Mover-Distanz zwischen ihnen",
  },
  fakes: "Fakes von G",
  reals: "Echte Daten",
  /** @param {number} n @param {string} score @param {string} row  what it was asked to be, if anything */
  score: (n, score, row) => `Nr. ${n}${row && ` (${row})`}: D gibt ${score}`,
  scoreHint: "Maus oder ← →",
  scoreLegend: "D sagt",
};

/** Films and pictures to take along. */
export const FILM = {
  label: "Mitnehmen",
  record: "Filmen",
  recordHint: "Filmen, was die Bühne beim Training zeigt",
  kind: "Art des Films",
  /** @type {Record<import("../../film/recorder.js").FilmKind, string>} */
  kinds: { gif: "GIF", webm: "WebM" },
  stop: "Beenden und sichern",
  save: "PNG",
  saveHint: "Bild als PNG sichern",
  /** @param {number} n */
  frames: (n) => (n === 1 ? "1 Bild" : `${n} Bilder`),
  pressPlay: "Der Film läuft. Drücke Start: Was gezeichnet wird, kommt in den Film.",
  /** @param {number} n */
  full: (n) => `Länger als ${n} Bilder kann ein Film nicht werden.`,
  otherData: "Andere Daten, also ist der Film zu Ende.",
  /** @param {unknown} cause */
  broken: (cause) => `Der Film ist abgebrochen: ${reason(cause)}.`,
  /** @param {string} name @param {number} n @param {number} bytes */
  saved: (name, n, bytes) => `${name} gesichert: ${FILM.frames(n)}, ${megabytes(bytes)}.`,
  /** @param {string} name */
  savedPicture: (name) => `${name} gesichert.`,
  noWebm: "Dieser Browser kann kein WebM aufnehmen. Nimm stattdessen GIF.",
  /** @param {unknown} cause */
  failed: (cause) => `Das ließ sich nicht sichern: ${reason(cause)}.`,
};

/** @param {unknown} cause */
const reason = (cause) => (cause instanceof Error ? cause.message : String(cause));

/** @param {number} bytes */
const megabytes = (bytes) => `${number((bytes / 1e6).toPrecision(2))} MB`;

/** Choosing classes and columns. */
export const CLASSES = {
  /** @param {number} n */
  fewest: (n) => (n === 1 ? "Mindestens eine muss gewählt bleiben." : `Mindestens ${n} müssen gewählt bleiben.`),
  /** @param {number} n */
  most: (n) => `Höchstens ${n} lassen sich wählen: Nimm zuerst eine andere heraus.`,
};

export const ABOUT = {
  title: "Über diese Daten",
  classes: "Beispiele in jeder Klasse",
  mean: "Mittleres Bild",
  fake: "Fake",
  nearest: "Ähnlichstes echtes Bild",
  which: "Fake Nr.",
  ask: "Ähnlichstes suchen",
  verdictHint: "Lernt G auswendig? Wähle einen Fake, dann siehst du das Bild der Daten, das ihm am ähnlichsten ist.",
  /** @param {number} n @param {import("../../protocol.js").Nearest} nearest @param {string} kind  of the data */
  verdict: (n, { distance, className: name, index }, kind) => {
    const what = distance < 12 ? "fast eine Kopie" : distance < 35 ? "ähnlich, aber nicht dasselbe" : "keine Kopie";
    return `Fake Nr. ${n} und Bild Nr. ${number(index + 1)}${name && ` (${classOf(kind, name)})`} unterscheiden sich im Mittel um ${distance.toFixed(0)} von 255 Stufen: ${what}.`;
  },
  /** @param {import("../../protocol.js").AboutData} about */
  facts: ({ title, count, attribute, classes, columns, image }) => {
    if (count === null) {
      const several = classes.length > 1 ? ` Die Teile gehören zu ${classes.length} Klassen, die ein bedingter Lauf verlangt.` : "";
      return `Punkte werden bei Bedarf aus einer exakten Verteilung gezogen, sodass kein Batch dem anderen gleicht.${several}`;
    }
    const n = number(count);
    if (image) {
      const colour = image.channels === 3 ? "in Farbe" : "in Grau";
      const sorted = classes.length > 0 ? `, sortiert nach: ${attributeOf(attribute)}` : ", ohne Klassen";
      return `${titleOf(title)}: ${n} Bilder von ${image.width} × ${image.height} Pixeln ${colour}${sorted}.`;
    }
    return `${titleOf(title)}: ${n} Zeilen mit ${columns.length} Spalten (${columns.join(", ")})${classes.length > 0 ? `, in ${classes.length} Klassen` : ""}.`;
  },
};

/** Why files were left out, of one and of several. @type {Record<string, [string, string]>} */
const LEFT_OUT = {
  "no-picture": ["ist kein Bild und keine Tabelle", "sind keine Bilder und keine Tabellen"],
  broken: ["ist beschädigt oder leer", "sind beschädigt oder leer"],
  "cut-off": ["ist abgeschnitten", "sind abgeschnitten"],
  encrypted: ["ist verschlüsselt", "sind verschlüsselt"],
  packed: ["ist so gepackt, wie es hier nicht gelesen wird", "sind so gepackt, wie es hier nicht gelesen wird"],
  "too-large": ["ist zu groß", "sind zu groß"],
  nested: ["ist selbst ein Archiv", "sind selbst Archive"],
  beyond: ["ist mehr, als genommen wird", "sind mehr, als genommen wird"],
};

/** The commonest reason first. @param {import("../../own/protocol.js").Skipped[]} files */
function leftOut(files) {
  if (files.length === 1) {
    const [{ what, why, reason: of }] = files;
    return `${what} wurde ausgelassen: Die Datei ${LEFT_OUT[of]?.[0] ?? "passt nicht"} (genauer, auf Englisch: ${why.replace(/\.$/, "")}).`;
  }
  const reasons = [...new Set(files.map((file) => file.reason))].map((of) => ({ of, all: files.filter((file) => file.reason === of) }));
  const groups = reasons.sort((a, b) => b.all.length - a.all.length).map(({ of, all }) => {
    const [one, many] = LEFT_OUT[of] ?? ["passt nicht", "passen nicht"];
    const names = all.slice(0, 3).map(({ what }) => what).join(", ");
    return `${number(all.length)} ${all.length === 1 ? one : many} (${names}${all.length > 3 ? ", …" : ""})`;
  });
  return `${number(files.length)} Dateien wurden ausgelassen: ${groups.join(", ")}.`;
}

/** The visitor's own data. What was wrong with a file is told by the crate, in English. */
export const OWN = {
  title: "Deine eigenen Daten",
  lead: "Lass Bilder, einen Ordner, ein ZIP oder eine Tabelle mit Zahlen hier fallen.",
  formats: "Bilder in jedem Format, das dieser Browser zeigt, ein Bogen mit Kacheln, idx-Dateien (auch .gz), CSV oder TSV. Ordner werden zu Klassen.",
  stays: "Nichts verlässt diesen Computer: Dateien werden in dieser Seite gelesen und in diesem Browser aufbewahrt, bis du sie löschst.",
  files: "Dateien wählen",
  folder: "Ordner wählen …",
  close: "Schließen",
  kept: "In diesem Browser aufbewahrt",
  use: "Damit trainieren",
  remove: "Löschen",
  /** @param {string} title */
  removeNamed: (title) => `${title} löschen`,
  /** @param {string} title */
  removed: (title) => `${title} wurde aus diesem Browser gelöscht. Ein offener Lauf geht weiter, bis er von vorn begonnen wird.`,
  side: "Größe",
  /** @param {number} n */
  pixels: (n) => `${n} × ${n}`,
  colours: "Farben",
  grey: "Grau",
  colour: "Farbe",
  fit: "Wenn nicht quadratisch",
  crop: "Mitte ausschneiden",
  whole: "Alles einpassen",
  labelled: "Ordner sind Klassen",
  sheet: "Ein Bogen mit vielen Bildern",
  tileWidth: "Breite einer Kachel in Pixeln",
  tileHeight: "Höhe einer Kachel in Pixeln",
  tileUnit: "Pixel je Kachel",
  classColumn: "Klassen aus",
  noClasses: "Keine Klassen",
  /** @param {number} n */
  reading: (n) => (n === 1 ? "Die Datei wird gelesen …" : `${number(n)} Dateien werden gelesen …`),
  /** @param {number} done @param {number} total */
  progress: (done, total) => `${number(done)} von ${number(total)} gelesen …`,
  nothing: "Darin ist nichts, womit man trainieren kann: Es braucht Bilder, idx-Dateien oder Tabellen mit Zahlen.",
  /** @param {string} sentence */
  refused: (sentence) => `Damit lässt sich nicht trainieren (auf Englisch: ${sentence.replace(/\.$/, "")}). Der Lauf davor bleibt, wie er war.`,
  /** @param {string} detail */
  died: (detail) => `Das Lesen dieser Dateien ist fehlgeschlagen (${detail}). Vielleicht sind sie zu viel für den Speicher dieses Computers: Versuche es mit weniger. Alles andere bleibt, wie es war.`,
  /** @param {string} detail */
  unreadable: (detail) => `Der Browser konnte nicht lesen, was hier fallen gelassen wurde (${detail}). Versuche es mit „Dateien wählen“.`,
  oneColumn: "Weniger als zwei Spalten haben Zahlen, die sich unterscheiden: Ein GAN für Zahlen braucht zwei. Der Lauf davor bleibt, wie er war.",
  /** @param {"own-pictures" | "own-table"} kind @param {string} title @param {number} count */
  made: (kind, title, count) => `${title}: ${number(count)} ${kind === "own-table" ? "Zeilen" : "Bilder"} sind bereit. Drücke Start, um damit zu trainieren.`,
  few: "So wenige sind bald auswendig gelernt; ein paar Hundert geben bessere Fakes.",
  /** @param {string} why */
  notStored: (why) => {
    if (why === "full") return "Der Speicher dieses Browsers ist voll, darum bleiben sie nur für diesen Besuch: Lösche andere, um Platz zu machen.";
    return `Dieser Browser legt sie nicht ab (${why === "silent" ? "sein Speicher antwortet nicht" : why}), darum bleiben sie nur für diesen Besuch.`;
  },
  /** @param {"own-pictures" | "own-table"} kind @param {number} count @param {number} bytes @param {boolean} stored */
  facts: (kind, count, bytes, stored) =>
    `${number(count)} ${kind === "own-table" ? "Zeilen" : "Bilder"}, ${megabytes(bytes)}${stored ? "" : ", für diesen Besuch"}`,
  /** @param {string[]} files  at least one */
  titleOfFiles: ([first, ...others]) => (others.length === 0 ? first : `${first} und mehr`),
  /** @param {import("../../own/protocol.js").Remark} remark */
  remark: (remark) => {
    switch (remark.kind) {
      case "ends-early": return `${remark.path} endet zu früh: Die Datei wurde nicht ganz kopiert oder geladen. Was da ist, wurde gelesen.`;
      case "rows": return `${remark.path}: Einige Zeilen wurden ausgelassen (auf Englisch: ${remark.line}).`;
      case "columns": return `Ausgelassen, weil das meiste darin keine Zahlen sind: ${some(remark.names)}.`;
      case "table": return `${remark.title} wurde ausgelassen: Daneben gibt es Bilder. Bring die Tabelle allein, um mit ihren Zahlen zu trainieren.`;
      case "first": return `Von ${number(remark.count)} Bildern wurden die ersten ${number(remark.taken)} genommen.`;
      case "cut": return `Der Bogen wurde zerschnitten (auf Englisch: ${remark.into}).`;
      case "labels": return "Die Datei mit Labels passt nicht zu den Bildern und wurde ausgelassen.";
      case "skipped": return leftOut(remark.files);
    }
  },
};

/** @param {string[]} names */
const some = (names) => (names.length > 5 ? `${names.slice(0, 5).join(", ")} und ${names.length - 5} mehr` : names.join(", "));

export const CREDIT = {
  points: "Jeder Fake behält sein Rauschen, so kannst du ihm folgen. Punkte werden zufällig gezogen: Es braucht keine Lizenz.",
  own: "Deine Daten bleiben in diesem Browser: Nichts davon wird irgendwohin gesendet.",
  loading: "Die Lizenz der Daten wird geladen …",
  /** @param {string} detail */
  failed: (detail) => `Lizenz und Urheber der Daten sind nicht angekommen (${detail}).`,
  retry: "Noch einmal",
  /** @param {number} count @param {string} title */
  count: (count, title) => `${titleOf(title)}: ${number(count)} Bilder. `,
  licence: "Lizenz: ",
  /** @param {string} credit */
  credit: (credit) => `. ${credit}. `,
  /** @param {{registry: string, package: string, version: string}} source */
  source: (source) => `Aus ${source.package} ${source.version} (${source.registry}).`,
};

// --- Drawing and tables --------------------------------------------------------------------------------------

export const DRAW_PAD = {
  label: "Die Daten zeichnen",
  canvas: "Zeichenfläche, ein Quadrat von −1 bis 1",
  keys: "Mit Tasten: Pfeile bewegen den Cursor (mit Umschalt in kleinen Schritten), die Leertaste setzt Stift oder Radierer auf und hebt sie ab, "
    + "Strg oder Cmd + Z nimmt zurück, mit Umschalt stellt es wieder her.",
  hint: "Hier zeichnen",
  tools: "Werkzeuge",
  pen: "Zeichnen",
  penHint: "Linien zeichnen, oder tippen für Punkte",
  eraser: "Radieren",
  eraserHint: "Ausradieren, was der Kreis berührt",
  undo: "Zurücknehmen (Strg oder Cmd + Z)",
  redo: "Wiederherstellen (Strg oder Cmd + Umschalt + Z)",
  clear: "Alles löschen; Zurücknehmen holt es wieder",
  few: "Eine Zeichnung braucht mindestens drei Punkte: Zeichne eine Linie oder ein paar Punkte.",
  full: "Die Zeichnung ist voll: Radiere etwas, oder nimm etwas zurück, um weiterzuzeichnen.",
  /** @param {number} n @param {number} most */
  count: (n, most) => `${number(n)} von ${number(most)} Punkten.`,
  /** @param {readonly [number, number]} place @param {boolean} down @param {"pen" | "eraser"} tool */
  cursor: ([x, y], down, tool) => `x ${number(x.toFixed(2))}, y ${number(y.toFixed(2))}${down ? (tool === "pen" ? ", Stift unten" : ", radiert") : ""}`,
};

export const PAIR_PLOT = {
  label: "Paardiagramme: je zwei Spalten der Tabelle, echte Zeilen in Blau und Fakes in Orange",
  keys: "Pfeiltasten wählen ein Diagramm, die Eingabetaste zeigt es groß, Escape führt zurück.",
  caption: "Blau ist echt, Orange Fake. Unter der Diagonale: Paare; darüber: Korrelationen. Klicken vergrößert.",
  largeCaption: "Blaue Ringe sind echte Zeilen, orange Punkte sind Fakes. Klick oder Escape führt zurück.",
  largeColumnCaption: "Anteil der Zeilen je Wert: Der blaue Umriss ist echt, die orange Fläche Fake. Klick oder Escape führt zurück.",
  /** @param {string} x @param {string} y @param {string} real @param {string} fake */
  pair: (x, y, real, fake) => `${x} und ${y}: Korrelation ${real} (echt), ${fake} (Fake)`,
  /** @param {string} name @param {string} real @param {string} fake */
  column: (name, real, fake) => `${name}: Mittel ${real} (echt), ${fake} (Fake)`,
  real: "echt",
  fake: "Fake",
  correlation: "Korrelation",
  mean: "Mittel",
  /** @param {number} count */
  beyond: (count) => (count === 1 ? "1 Fake jenseits der Ränder" : `${number(count)} Fakes jenseits der Ränder`),
};

// --- How the game stands -------------------------------------------------------------------------------------

export const DIAGNOSIS = {
  /** @type {{mood: "wait", advice: string}} */
  trained: { mood: "wait", advice: "Diese Netze sind schon trainiert. Drücke Start; nach ein paar Messungen steht hier, wie es steht." },
  label: "Wie das Spiel steht",
  hint: "Nach festen Regeln aus den letzten Messungen beurteilt; es kann ein paar Sekunden hinterherhinken",
  none: { mood: /** @type {const} */ ("wait"), sentence: "Noch nicht gemessen.", advice: "Die ersten Messwerte sind unterwegs." },
};

/** What to think of each state, and what to try.
 * @type {Record<DiagnosisKind, {mood: "wait" | "good" | "warn" | "bad", sentence: string, advice: string}>} */
export const DIAGNOSES = {
  "warming-up": {
    mood: "wait",
    sentence: "Aufwärmen.",
    advice: "Noch zu früh: Jedes Netz beginnt mit schlechten Fakes. Drücke Start und sieh dir die ersten 200 Schritte an.",
  },
  learning: {
    mood: "wait",
    sentence: "Lernt: Die Fakes sind noch weit von den Daten.",
    advice: "Noch nichts geht schief. Lass es laufen, und sieh zu, wie die Fakes wandern.",
  },
  healthy: {
    mood: "good",
    sentence: "Gesund: Die Fakes sind nah an den Daten, und kein Netz gewinnt.",
    advice: "Lass es laufen, oder wähle im Menü etwas, das schiefgeht.",
  },
  "discriminator-wins": {
    mood: "warn",
    sentence: "D gewinnt: Es erkennt fast alle Fakes.",
    advice: "Versuche für D eine kleinere Lernrate oder weniger Updates, R1 oder Instanzrauschen.",
  },
  "vanishing-gradient": {
    mood: "bad",
    sentence: "Der Gradient von G ist fast weg: D ist so sicher, dass G nichts lernt.",
    advice: "Versuche den nicht sättigenden Verlust, keinen Vorsprung für D oder R1.",
  },
  "generator-wins": {
    mood: "warn",
    sentence: "G gewinnt zu leicht: D erkennt nichts, obwohl die Fakes schlecht sind.",
    advice: "Versuche ein größeres D, eine höhere Lernrate oder mehr Updates dafür.",
  },
  "mode-collapse": {
    mood: "bad",
    sentence: "Modenkollaps: G macht nur wenige der Moden.",
    advice: "Versuche kleinere Lernraten, Packing oder den relativistischen Verlust mit R1.",
  },
  "low-diversity": {
    mood: "bad",
    sentence: "Kollaps: Die Fakes von G sind fast alle gleich.",
    advice: "Versuche Packing, kleinere Lernraten oder den relativistischen Verlust mit R1.",
  },
  oscillating: {
    mood: "warn",
    sentence: "Schwingt: Die Netze jagen sich im Kreis.",
    advice: "Versuche kleinere Lernraten, R1 oder ein kleineres β₁; das Mittel von G glättet, was gezeichnet wird.",
  },
  diverging: {
    mood: "bad",
    sentence: "Läuft davon: Die Zahlen wachsen ins Uferlose.",
    advice: "Versuche zehnmal kleinere Lernraten, oder kappe die Gradienten.",
  },
  converged: {
    mood: "good",
    sentence: "Angekommen: Nach diesen Messwerten sind die Fakes so gut wie echt.",
    advice: "Hier gibt es nichts mehr zu verbessern. Versuche das Gitter oder Bilder.",
  },
};

/** @param {Diagnosis} diagnosis */
export function diagnosisText({ kind, captured, total }) {
  if (kind === "mode-collapse" && total !== undefined) return `Modenkollaps: Nur ${captured} von ${total} Moden bekommen ihren Anteil an Fakes.`;
  return DIAGNOSES[kind].sentence;
}

export const VALUES = {
  label: "Aktuelle Werte",
  /** @param {string} total */
  of: (total) => `von ${total}`,
  lossD: { label: "Verlust D", hint: "Was D minimiert, ohne Strafen, im letzten Schritt" },
  lossG: { label: "Verlust G", hint: "Was G minimiert, im letzten Schritt" },
  accuracyReal: { label: "Echte erkannt", hint: "Anteil des letzten echten Batches, den D für echt hält" },
  accuracyFake: { label: "Fakes erkannt", hint: "Anteil der letzten Fakes, die D für Fakes hält" },
  modes: { label: "Moden", hint: "Haufen, oder Teile einer Kurve, auf denen mindestens einer von 2.500 Fakes liegt, bis auf drei Streuungen" },
  quality: {
    label: "Güte / Breite",
    hint: "Anteil von 2.500 Fakes, die höchstens drei Streuungen von der Mitte eines Haufens oder von der Kurve liegen (0,99 ist so gut wie echt); daneben, wie breit G einen Haufen macht: 1 ist richtig, 0 ein Punkt",
  },
  jensenShannon: { label: "JS-Divergenz", hint: "Wie weit die Verteilung der Fakes von der wahren ist: 0 ist dieselbe, 0,693 (ln 2) hat nichts gemeinsam" },
  frechet: { label: "Fréchet / Basis", hint: "Fréchet-Distanz: wie unähnlich die Fakes für einen Klassifikator den echten Bildern sind; daneben der Basiswert, den echte Bilder untereinander erreichen" },
  sliced: { label: "Sliced / Basis", hint: "Sliced-Wasserstein-Distanz: die Earth-Mover-Distanz von Fakes zu Echtem, gemittelt über viele Richtungen; daneben der Basiswert anderer echter" },
  diversity: { label: "Vielfalt", hint: "Wie weit Fakes auseinanderliegen, verglichen mit Echtem: 0, wenn alle gleich sind, etwa 1, wenn sie so vielfältig sind" },
  saturation: { label: "D gesättigt", hint: "Anteil der Antworten von D, die bis auf 1 % sicher sind; dort lernt G wenig" },
  gradientD: { label: "Gradient D", hint: "Länge des Gradienten des Verlusts von D über alle seine Gewichte" },
  gradientG: { label: "Gradient G", hint: "Länge des Gradienten des Verlusts von G über alle seine Gewichte: nahe 0 steht G still" },
  parametersG: { label: "Parameter G", hint: "Zahlen, die G lernt" },
  parametersD: { label: "Parameter D", hint: "Zahlen, die D lernt" },
  rightLabel: { label: "Label richtig", hint: "Für wie echt D echte Beispiele mit ihrer eigenen Klasse hält" },
  swappedLabel: { label: "Label falsch", hint: "Für wie echt D dieselben Beispiele mit einer anderen Klasse hält: weniger, wenn D auf die Klasse achtet" },
  askedFor: { label: "Wie verlangt", hint: "Anteil der Fakes, die von der Klasse sind, die von G verlangt wurde" },
};

export const CHARTS = {
  label: "Wie der Lauf bisher war",
  nothing: "Nichts zu zeigen: Oben steht, was passiert ist.",
  losses: {
    title: "Verluste",
    d: "D",
    g: "G",
    caption: "Wie falsch jedes Netz liegt. Gestrichelt: wo beide blieben, wenn D nur raten könnte.",
  },
  quality: {
    title: "Güte",
    modes: "Moden gefunden",
    high: "gute Fakes",
    caption: "Anteil der Haufen oder Teile, die G macht, und seiner Fakes, die auf einem liegen.",
  },
  frechet: {
    title: "Fréchet-Distanz",
    distance: "Fakes zu echt",
    caption: "Wie unähnlich die Fakes für einen Klassifikator den echten Bildern sind. Gestrichelt: echte untereinander.",
  },
  accuracy: {
    title: "Trefferquote von D",
    real: "bei echt",
    fake: "bei Fakes",
    caption: "Wie oft D recht hat. Bei 50 % (gestrichelt) wirft es nur eine Münze: Die Fakes gehen durch.",
  },
  gradients: {
    title: "Gradienten",
    d: "D",
    g: "G",
    caption: "Wie stark jedem Netz gesagt wird, sich zu ändern, auf logarithmischer Skala.",
  },
  layers: {
    title: "Gradienten je Schicht",
    d: "D, ab Eingabe",
    g: "G, ab Rauschen",
    caption: "Ein Balken je Schicht, logarithmisch. Ein verschwindender Gradient zeigt sich als Balken knapp über dem Boden.",
  },
  classes: {
    title: "Klassen",
    caption: "Was ein Klassifikator in den Fakes sieht. Gestrichelt: ein gleicher Anteil jeder Klasse.",
  },
  saturation: {
    title: "Sättigung von D",
    share: "Anteil der Antworten",
    caption: "Wie viele Antworten von D so gut wie sicher sind. Dort ist die Steigung für G flach.",
  },
  balance: {
    title: "Gleichgewicht",
    ahead: "D vorn ↑ · G vorn ↓",
    caption: "Trefferquote von D bei beiden zusammen. Weit über der Mitte gewinnt D, und G lernt wenig; darunter täuscht G D.",
  },
};

/** A class of pictures in full, and short enough for under a bar. @param {string} data @param {number} i
 * @param {string} given  by the data */
export function className(data, i, given) {
  const name = classOf(data, given) || String(i);
  return { name, short: name.replace(/^(mit|ohne) /, "").slice(0, 3) };
}

// --- What went wrong -----------------------------------------------------------------------------------------

export const ALERTS = { detail: "Technische Einzelheiten" };

/** @type {Record<WayOn, string>} */
export const WAYS_ON = {
  retry: "Noch einmal",
  "use-cpu": "CPU benutzen",
  defaults: "Zurück zu den Standardwerten",
  reset: "Neustart",
  "own-data": "Daten wählen",
  speak: "Sprache wechseln",
  dismiss: "Schließen",
};

/** @type {Record<FailureCode, {text: string, ways: WayOn[]}>} */
export const FAILURES = {
  experiment: {
    text: "Diese Einstellungen passen nicht zusammen. Ändere die unten genannte, oder kehre zu den Standardwerten zurück.",
    ways: ["defaults", "dismiss"],
  },
  data: {
    text: "Die Trainingsdaten, oder der Klassifikator, der sie beurteilt, sind nicht vollständig angekommen. Vielleicht brach die Verbindung ab: Versuche es noch einmal, oder wähle andere Daten.",
    ways: ["retry", "dismiss"],
  },
  "own-missing": {
    text: "Dieser Lauf braucht Daten, die nur im Browser der Person liegen, die sie gewählt hat, und nicht in diesem. Wähle eigene oder andere Daten.",
    ways: ["own-data", "defaults", "dismiss"],
  },
  "own-data": {
    text: "Was du mitgebracht hast, lässt sich so nicht trainieren. Wähle andere Spalten oder Klassen, oder andere Dateien; nichts davon geht verloren.",
    ways: ["own-data", "dismiss"],
  },
  model: {
    text: "Die Netze, von denen dieser Lauf ausgeht, sind nicht vollständig angekommen oder passen nicht zu diesen Einstellungen. Versuche es noch einmal, oder beginne mit den Standardwerten von vorn.",
    ways: ["retry", "defaults", "dismiss"],
  },
  module: {
    text: "Der Trainingscode ist nicht angekommen oder ließ sich nicht starten. Prüfe die Verbindung, und versuche es noch einmal.",
    ways: ["retry", "use-cpu", "dismiss"],
  },
  "no-webgpu": {
    text: "Dieser Browser bietet kein WebGPU an, das für Training auf der Grafikkarte nötig ist. Die CPU geht überall.",
    ways: ["use-cpu", "dismiss"],
  },
  "adapter-refused": {
    text: "Der Browser hat WebGPU, gibt aber keine Grafikkarte heraus. Vielleicht ist sie gesperrt oder beschäftigt. Die CPU geht auch.",
    ways: ["use-cpu", "retry", "dismiss"],
  },
  "no-timestamp-query": {
    text: "Dieser Grafikkarte fehlt ein Zeitmesser, den der Trainingscode braucht. Die CPU geht auch.",
    ways: ["use-cpu", "dismiss"],
  },
  "device-lost": {
    text: "Die Grafikkarte ging mitten im Training verloren, vielleicht nach einem Neustart des Treibers oder um Speicher zu sparen. Dieser Lauf ist weg; du kannst ihn neu beginnen.",
    ways: ["reset", "use-cpu", "dismiss"],
  },
  "gpu-gone": {
    text: "Das Training auf der Grafikkarte brach ab, vielleicht weil ihr Treiber neu startete oder der Speicher knapp war. Die CPU führt den Lauf weiter, von da an, wo er zuletzt gesichert war.",
    ways: ["dismiss"],
  },
  "not-finite": {
    text: "Das Training ist davongelaufen: Ein Verlust wuchs über alle Zahlen, die Netze sind also verdorben. Kleinere Lernraten helfen meist.",
    ways: ["defaults", "reset", "dismiss"],
  },
  panic: {
    text: "Der Trainingscode blieb an einem eigenen Fehler stehen. Das ist ein Bug und nicht deine Schuld. Du kannst den Lauf neu beginnen.",
    ways: ["reset", "defaults", "dismiss"],
  },
  worker: {
    text: "Der Teil der Seite, der trainiert, blieb unerwartet stehen. Du kannst den Lauf neu beginnen.",
    ways: ["reset", "use-cpu", "dismiss"],
  },
  page: {
    text: "Auf dieser Seite ging etwas schief, darum ist vielleicht nicht alles auf dem neuesten Stand. Das Training geht weiter; es hilft, die Seite neu zu laden, und der Link behält deine Einstellungen.",
    ways: ["dismiss"],
  },
};

export const LINK = { text: "Ein Teil dieses Links war nicht zu gebrauchen; alles andere darin schon." };
export const MODEL = {
  /** @param {string} name */
  refused: (name) => `${name} lässt sich nicht öffnen: Es ist kein Modell, mit dem diese Seite weitermachen kann. Der Lauf hier ist, wie er war.`,
  strangers: "Es wurde mit Daten trainiert, die jemand mitgebracht hat, und dieser Browser hat sie nicht; bring zuerst dieselben Dateien",
  /** @param {number} size @param {number} most  in MB */
  tooLarge: (size, most) => `Es hat ${number(size)} MB, und ein Modell hat höchstens ${number(most)}`,
};
export const COPY = { text: "Der Browser ließ die Seite den Link nicht kopieren. Du kannst ihn hier kopieren:" };
export const LANGUAGE = {
  /** @param {string} name */
  warn: (name) => `Für „${name}“ wird die Seite neu geladen. Die Einstellungen bleiben; der Lauf beginnt von vorn, und was nur für diesen Besuch geöffnet war, geht verloren.`,
};

/** @param {LinkProblem} problem */
export function linkProblem({ reason: why, key, value, field, used }) {
  const given = `${key}=${value}`;
  const instead = used === undefined ? "" : ` Stattdessen gilt: ${used === "" ? "keine Schichten" : used}.`;
  const range = field ? rangeText(field) : "";
  switch (why) {
    case "unknown":
      return `„${given}“: Eine Einstellung dieses Namens gibt es nicht; sie wurde weggelassen.`;
    case "not-here":
      return `„${given}“: Diese Einstellung passt nicht zum Rest des Links; sie wurde weggelassen.`;
    case "unreadable":
      return `„${given}“: Das ist keine Zahl. Möglich ist: ${range}.${instead}`;
    case "mismatch":
      return `„${given}“: Das passt nicht zu den gewählten Daten. Möglich ist: ${range}.${instead}`;
    case "range":
      return `„${given}“: Möglich ist: ${key === "speed" ? `max, oder ${range}` : range}.${instead}`;
  }
}
