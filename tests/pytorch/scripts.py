"""Runs the PyTorch scripts that the page writes of experiments, and holds them against the crate.

    python3 tests/pytorch/scripts.py target/debug/gan-train

- every preset and every option of every setting gives a script that trains and leaves samples
- nets: given the same weights, a script's G and D make what `gan-train sample` makes; its own first weights are drawn as the
  crate draws them; units, bounds and classes are the crate's
- data: a script's points lie where the crate's do; its pictures are what the shipped classifiers say that they are
- training: where nothing random can matter - a table as large as a batch, a G that ignores its noise - a script moves both
  nets to where `gan-train` moves them, for every objective, penalty, optimiser and schedule; where it must matter, on average
- a longer run finds all modes of the ring, and one that should collapse does

Node writes the scripts (scripts.mjs).
"""

import contextlib
import io
import json
import os
import sys
import tempfile
import time
from pathlib import Path

# Before PyTorch looks for a GPU: what is compared is computed on the CPU.
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import numpy as np
import torch
from safetensors import safe_open
from safetensors.numpy import save_file
from torch.nn import functional as F

from check import Model, Report, call

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "assets"
FIELDS = json.loads((ROOT / "www/fields.json").read_text())

# Largest difference of weights of about 1 after some steps in float32.
TOLERANCE = 2e-4


def preset(name):
    experiment = next(one["experiment"] for one in FIELDS["presets"] if one["name"] == name)
    return json.loads(json.dumps(experiment))


def write_scripts(folder, *more):
    call("node", ROOT / "tests/pytorch/scripts.mjs", folder, ASSETS, *more)


def run(script, *words):
    """Runs a script as it stands, in this process, as importing PyTorch takes longer than most of them; what it defined."""
    made = {"__name__": "__main__"}
    before = sys.argv, Path.cwd()
    sys.argv = [str(script), *(str(word) for word in words)]
    os.chdir(script.parent)
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            exec(compile(script.read_text(encoding="utf-8"), str(script), "exec"), made)
    finally:
        sys.argv = before[0]
        os.chdir(before[1])
    made["said"] = said.getvalue()
    return made


# --- What a visitor brought ---------------------------------------------------------------------------------------


def packed(file, magic, values, about):
    header = json.dumps(about).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(values + header + len(header).to_bytes(4, "little") + magic)
    return file


def own_table(file, rows, classes=()):
    """Rows of numbers, and under `classes` the class of each by turns, the first three times as often."""
    labels = np.array([0, 0, 0, 1] * (len(rows) // 4 + 1), np.uint8)[: len(rows)] if classes else np.zeros(0, np.uint8)
    about = {"title": "t", "columns": [f"column {i}" for i in range(rows.shape[1])], "rows": len(rows), "classes": list(classes)}
    return packed(file, b"GANTABL1", rows.astype("<f4").tobytes() + labels.tobytes(), about)


def own_pictures(file, rng):
    count, classes = 30, ["a", "b", "c"]
    labels = np.arange(count, dtype=np.uint8) % 3
    nothing = {"registry": "", "package": "", "version": "", "sha256": "", "part": ""}
    about = {
        "name": "own", "title": "t", "image": {"width": 8, "height": 12, "channels": 3}, "count": count, "sheets": [],
        "labels": [{"name": "folder", "file": "", "classes": classes, "counts": [10, 10, 10]}],
        "source": nothing, "licence": {"name": "", "url": ""}, "credit": "",
    }  # fmt: skip
    pixels = rng.integers(0, 256, (count, 3 * 12 * 8), dtype=np.uint8)
    return packed(file, b"GANPICS1", pixels.tobytes() + labels.tobytes(), about)


# --- Everything runs ----------------------------------------------------------------------------------------------


def everything_runs(report, folder, own):
    write_scripts(folder, "all")
    for file in sorted(folder.glob("*.py")):
        report.check(f"{file.stem} trains", lambda: trains(file, own))


def trains(file, own):
    experiment = json.loads(file.with_suffix(".json").read_text())
    kind = experiment["data"]["kind"]
    # A trained model goes on from the steps that it has.
    words = ["--data", own[kind]] if kind in own else []
    done = 0 if not file.stem.startswith("preset-trained-") else experiment["training"]["steps"]
    for left in file.parent.glob("samples.*"):
        left.unlink()
    made = run(file, "--steps", done + 2, *words)
    losses = [made["d_loss"]] * (experiment["training"]["d_updates"] > 0)
    losses += [made["g_loss"]] * (experiment["stabilisers"]["d_head_start"] < 2)
    table = kind == "own-table"
    samples = np.loadtxt(file.parent / "samples.csv", delimiter=",", skiprows=1) if table else np.load(file.parent / "samples.npy")
    well = bool(np.isfinite(losses).all() and np.isfinite(samples).all()) and samples.reshape(len(samples), -1).shape[1] == made["FEATURES"]
    picture = table or (file.parent / "samples.png").stat().st_size > 500
    return well and picture, f"losses {', '.join(f'{loss:.3f}' for loss in losses)}, {len(samples)} samples"


# --- Nets ---------------------------------------------------------------------------------------------------------


def net(kind, activation, **widths):
    return {"kind": kind, "activation": activation, **widths}


def nets_to_compare():
    """Experiments of all figures and of every kind of net: name, experiment."""
    for kind, name in FIELDS["starts"].items():
        if FIELDS["families"][kind] == "figure":
            yield f"figure-{kind}", {**preset(name), "conditional": kind != "ring", "output": "linear" if kind == "grid" else "tanh"}
    other = {"generator": net("mlp", "silu", hidden=[12, 9]), "discriminator": net("mlp", "relu", hidden=[10, 7, 5])}
    yield "mlp", {**preset("moons"), **other}
    for kind, act, conditional, packing in (("conv", "tanh", True, 1), ("residual", "silu", False, 1), ("residual", "relu", True, 2), ("conv", "leaky-relu", False, 2)):
        run = preset("faces")
        run["stabilisers"]["packing"] = packing
        run["training"]["batch"] = 8
        nets = {"generator": net(kind, act, channels=6), "discriminator": net(kind, act, channels=5)}
        yield f"{kind}-{act}-packs-of-{packing}", {**run, **nets, "conditional": conditional}
    run = preset("digits")
    run["lipschitz"]["spectral_norm"] = True
    run["training"]["batch"] = 8
    yield "spectral", {**run, "data": {**run["data"], "only": [1, 7]}, "conditional": True}
    for kind in ("own-table", "own-pictures"):
        run = {**preset(kind), "conditional": True}
        yield kind, {**run, "data": {**run["data"], "id": kind, **({"columns": [2, 0]} if kind == "own-table" else {"only": [1, 2]})}}


def compare_nets(report, folder, own, gan_train):
    cases = dict(nets_to_compare())
    for name, experiment in cases.items():
        # Nothing is learnt, so that the file has the weights as they were drawn.
        experiment["training"] |= {"steps": 1, "d_learning_rate": 0, "g_learning_rate": 0}
        experiment["lipschitz"]["weight_clip"] = 0
        (folder / f"{name}.json").write_text(json.dumps(experiment))
    write_scripts(folder)
    for name, experiment in cases.items():
        report.attempt(name, lambda: compare(report, folder, own, gan_train, name, experiment))


def compare(report, folder, own, gan_train, name, experiment):
    kind = experiment["data"]["kind"]
    words = ["--data", own[kind]] if kind in own else []
    assets = folder if kind in own else ASSETS
    out = folder / f"{name}-out"
    call(gan_train, "--experiment", folder / f"{name}.json", "--out", out, "--pictures", 100, "--assets", assets)
    fresh, about = weights_of(out / "model.safetensors")
    made = run(folder / f"{name}.py", "--steps", 0, *words)
    report.check(f"{name}, first weights", lambda: drawn_alike(fresh, made))
    report.check(f"{name}, units", lambda: same_units(about, made))
    if FIELDS["families"][kind] == "figure":
        report.check(f"{name}, where points lie", lambda: same_places(out / "samples-000001.png", made, folder))

    # Biases are 0 at first, and blocks all but nothing: with other weights no mistake hides there.
    rng = np.random.default_rng(1)
    shaken = {key: (weight + rng.normal(0, 0.2, weight.shape)).astype(np.float32) for key, weight in fresh.items()}
    file = out / "shaken.safetensors"
    packs = experiment["stabilisers"]["packing"]
    # `gan-train sample` has no scores of packs, and asks for none where there is no D.
    kept = {key: weight for key, weight in shaken.items() if packs == 1 or not key.startswith("discriminator.")}
    save_file(kept, file, {"gan": json.dumps(about)})
    model = Model(file, gan_train)
    whole = out / "whole.safetensors"
    save_file(shaken, whole, {"gan": json.dumps(about)})
    made = run(folder / f"{name}.py", "--steps", 0, "--model", whole, *words)
    report.check(f"{name}, G", lambda: close(drawn_by(made, model), model.samples, 1e-4))
    if packs == 1:
        rows, labels = model.samples, asked(model)
        allowed = 1e-4 * max(1.0, model.scores.abs().max().item()) * (50 if experiment["lipschitz"]["spectral_norm"] else 1)
        with torch.no_grad():
            scores = made["discriminator"](*([rows, labels] if experiment["conditional"] else [rows]))
        report.check(f"{name}, D", lambda: close(scores, model.scores, allowed))
    else:
        report.check(f"{name}, packs", lambda: packs_are_joined(made, experiment, packs))


def weights_of(file):
    with safe_open(file, "np") as opened:
        return {key: opened.get_tensor(key) for key in opened.keys()}, json.loads(opened.metadata()["gan"])


def close(given, expected, allowed):
    apart = (given - expected).abs().max().item()
    return apart < allowed, f"{apart:.1e} apart at most, of {allowed:.0e} allowed"


def asked(model):
    return model.codes[:, model.about["noise"] :].argmax(1) if model.about["classes"] else None


def drawn_by(made, model):
    """What the script's G makes of a model's codes: its average, where the crate draws with that."""
    artist = made["average" if model.shown == "average" else "generator"]
    noise, labels = model.codes[:, : model.about["noise"]], asked(model)
    with torch.no_grad():
        return artist(noise) if labels is None else artist(noise, labels)


def drawn_alike(fresh, made):
    """The same tensors, with zeros where the crate has them, and as wide elsewhere as chance allows."""
    worst, names = 0.0, set()
    for part in ("generator", "discriminator"):
        for name, weight in made[part].state_dict().items():
            mine, theirs = weight.numpy(), fresh[f"{part}.{name}"]
            names.add(f"{part}.{name}")
            if mine.shape != theirs.shape or (theirs == 0).all() != (mine == 0).all():
                return False, f"{part}.{name}: {mine.shape} and {theirs.shape}"
            if (theirs != 0).any():
                # The standard deviation of n draws has one of about 1 / sqrt(2 n) of itself.
                worst = max(worst, float(abs(np.log(mine.std() / theirs.std())) * np.sqrt(mine.size)))
    missing = {key for key in fresh if not key.startswith("average.")} - names
    return not missing and worst < 5, f"{len(names)} tensors, {worst:.1f} standard errors at most"


def same_units(about, made):
    """Centre, scale, bound and number of classes, as the crate writes them into a model file."""
    pairs = [(float(made["BOUND"]), about["bound"])]
    if "SCALE" in made:
        columns = zip(made["CENTRE"].expand(made["FEATURES"]), made["SCALE"].expand(made["FEATURES"]), about["units"])
        pairs += [pair for centre, scale, (c, s) in columns for pair in ((centre.item(), c), (scale.item(), s))]
    classes = about["classes"] in (0, made["CLASSES"])
    apart = max(abs(a - b) for a, b in pairs)
    return classes and apart < 1e-5, f"{made['CLASSES']} classes, numbers {apart:.0e} apart"


def same_places(picture, made, folder):
    """The crate's real points, blue in its picture, and the script's: each among the other's."""
    read_png = run(folder / "conv-tanh-packs-of-1.py", "--steps", 0)["read_png"]
    pixels = read_png(picture.read_bytes()).astype(int)
    y, x = np.nonzero((np.abs(pixels - (60, 110, 200)) < 2).all(2))
    theirs = torch.tensor(np.stack([x, 511 - y], 1), dtype=torch.float32)
    drawn = made["draw_real"](3000)
    points = drawn[0] if isinstance(drawn, tuple) else drawn
    mine = ((points * made["SCALE"] + made["CENTRE"]) / made["EXTENT"] + 1) * 256
    apart = torch.cdist(mine, theirs)
    near = [float((apart.min(axis).values < within).float().mean()) for axis, within in ((0, 12), (1, 25))]
    return min(near) > 0.97, f"{100 * near[0]:.0f} % of the crate's have one of the script's near, {100 * near[1]:.0f} % the other way"


def packs_are_joined(made, experiment, packs):
    """D's first layer sees the examples of a pack one after the other, each with its class beside it."""
    conditional, features, classes = experiment["conditional"], made["FEATURES"], made["CLASSES"]
    x = torch.randn(4 * packs, features)
    labels = torch.arange(4 * packs) % classes
    seen = []
    first = next(layer for layer in made["discriminator"].modules() if hasattr(layer, "weight"))
    hook = first.register_forward_hook(lambda _, given, __: seen.append(given[0]))
    scores = made["discriminator"](x, labels) if conditional else made["discriminator"](x)
    hook.remove()
    channels, height, width = made["COLOURS"], made["HEIGHT"], made["WIDTH"]
    for pack in range(4):
        planes = []
        for one in range(pack * packs, (pack + 1) * packs):
            planes.append(x[one].reshape(channels, height, width))
            if conditional:
                planes.append(F.one_hot(labels[one], classes).float()[:, None, None].expand(-1, height, width))
        if not torch.equal(seen[0][pack], torch.cat(planes)):
            return False, f"pack {pack} is another"
    return scores.shape == (4, 1), "4 packs, each plane in its place"


# --- Pictures -----------------------------------------------------------------------------------------------------


def pictures_are_what_they_are(report, folder):
    """The shipped classifiers, whose accuracy is in their files, see in a script's pictures what its labels say."""
    sets = {}
    for name, attribute in (("digits", 0), ("fashion", 0), ("animals", 0), ("faces", 0), ("faces", 4)):
        experiment = preset(name)
        experiment["conditional"] = True
        weights, about = read_classifier(ASSETS / f"classifiers/{name}.safetensors")
        if name == "faces":
            experiment["data"]["attribute"] = about["attributes"][attribute]["name"].replace(" ", "-")
        label = f"pictures-{name}-{attribute}"
        (folder / f"{label}.json").write_text(json.dumps(experiment))
        sets[label] = weights, about, attribute
    write_scripts(folder)
    for label, of in sets.items():
        report.check(label, lambda: recognised(folder, label, *of))


def recognised(folder, label, weights, about, attribute):
    made = run(folder / f"{label}.py", "--steps", 0)
    rows, labels = made["draw_real"](1500)
    x = rows.reshape(-1, made["COLOURS"], made["HEIGHT"], made["WIDTH"])
    for layer in ("outer", "inner"):
        x = F.leaky_relu(F.conv2d(x, weights[f"{layer}.weight"], weights[f"{layer}.bias"], stride=2, padding=1), 0.2)
    x = F.leaky_relu(x.flatten(1) @ weights["embed.weight"] + weights["embed.bias"], 0.2)
    x = x @ weights["sort.weight"] + weights["sort.bias"]
    start = sum(len(one["classes"]) for one in about["attributes"][:attribute])
    seen = x[:, start : start + len(about["attributes"][attribute]["classes"])].argmax(1)
    share, wanted = (seen == labels).float().mean().item(), about["accuracy"][attribute]
    return share > wanted - 0.03, f"{100 * share:.1f} % recognised, of {100 * wanted:.1f} in its test"


def read_classifier(file):
    with safe_open(file, "pt") as opened:
        return {key: opened.get_tensor(key) for key in opened.keys()}, json.loads(opened.metadata()["classifier"])


# --- Training -----------------------------------------------------------------------------------------------------

STEPS = 5


def still(**changes):
    """An experiment in which nothing random matters to D: a batch is the whole table, and G, whose first weights are 0 in the
    file that it starts from, makes one and the same row of all noise. G does not learn."""
    experiment = preset("own-table")
    experiment |= {
        "data": {"kind": "own-table", "id": "still", "columns": [0, 1, 2]},
        "generator": net("mlp", "leaky-relu", hidden=[4]),
        "discriminator": net("mlp", "silu", hidden=[8]),
        "noise": {"dims": 2, "distribution": "gaussian"},
        "objective": {"kind": "non-saturating", "label_smoothing": 0},
        "optimiser": {"kind": "sgd"},
    }
    experiment["lipschitz"] |= {"r1": 0, "r2": 0}
    experiment["training"] |= {"batch": 16, "g_updates": 0, "d_learning_rate": 0.2, "g_learning_rate": 0.2, "steps": STEPS}
    experiment["schedule"] = {"kind": "constant"}
    experiment["stabilisers"] |= {"ema_half_life": 0}
    for path, value in changes.items():
        owner, _, name = path.partition("__")
        if name:
            experiment[owner][name] = value
        else:
            experiment[owner] = value
    return experiment


OBJECTIVES = [
    *({"kind": kind, "label_smoothing": smoothing} for kind in ("minimax", "non-saturating", "least-squares") for smoothing in (0, 0.2)),
    *({"kind": kind} for kind in ("hinge", "wasserstein", "relativistic")),
]
# Rates at which each goes far in a few steps.
OPTIMISERS = [
    ({"kind": "adam", "beta1": 0.5, "beta2": 0.9}, 0.02),
    ({"kind": "adam", "beta1": 0.0, "beta2": 0.99}, 0.02),
    ({"kind": "adam-w", "beta1": 0.5, "beta2": 0.9, "weight_decay": 0.5}, 0.02),
    ({"kind": "momentum", "momentum": 0.8}, 0.1),
    ({"kind": "rms-prop", "decay": 0.9}, 0.02),
]
# Those that move the net in question as one before them does: the two differ in what they do to the other net, or past a margin.
TWINS = ("objective non-saturating 0", "objective non-saturating 0.2", "G, wasserstein")
LINEAR = net("mlp", "relu", hidden=[])


def still_runs():
    """Name, experiment: what is told apart by D alone."""
    for objective in OBJECTIVES:
        yield f"objective {objective['kind']} {objective.get('label_smoothing', '')}", still(objective=objective)
    for optimiser, rate in OPTIMISERS:
        yield f"optimiser {optimiser['kind']} {optimiser.get('beta1', '')}", still(optimiser=optimiser, training__d_learning_rate=rate)
    for activation in ("leaky-relu", "relu", "tanh"):
        yield f"activation {activation}", still(discriminator=net("mlp", activation, hidden=[8, 6]))
    yield "R1", still(lipschitz__r1=0.7)
    yield "R2", still(lipschitz__r2=0.7)
    # Where D is linear its slope is the same everywhere, and it does not matter where the penalty looks.
    yield "gradient penalty", still(lipschitz__gradient_penalty=0.5, discriminator=LINEAR)
    yield "weight clipping", still(lipschitz__weight_clip=0.3)
    yield "spectral norm", still(lipschitz__spectral_norm=True, discriminator=net("mlp", "tanh", hidden=[8]))
    yield "gradient clipping", still(stabilisers__gradient_clip=0.05)
    yield "three updates", still(training__d_updates=3)
    for kind in ("linear", "cosine"):
        schedule = {"kind": kind, "learning_rate_end": 0.3, "penalty_end": 0.1}
        yield f"schedule {kind}", still(schedule=schedule, lipschitz__r1=0.5, lipschitz__r2=0.5)


def one_step_of_g():
    """G's first step: all but its first layer's weights move by what noise cannot change."""
    for objective in OBJECTIVES[::2][:3] + OBJECTIVES[6:]:
        learning = {"training__g_updates": 1, "stabilisers__ema_half_life": 30.0}
        yield f"G, {objective['kind']}", still(objective=objective, training__steps=1, **learning)
    yield "G, head start", still(training__g_updates=1, training__steps=3, stabilisers__d_head_start=2)
    yield "G, Adam", still(training__g_updates=1, training__steps=1, optimiser=OPTIMISERS[0][0], training__g_learning_rate=0.03)
    schedule = {"kind": "cosine", "learning_rate_end": 0.0, "penalty_end": 1.0}
    yield "G, schedule", still(training__g_updates=1, training__steps=3, stabilisers__d_head_start=2, schedule=schedule)


def train_both(folder, own, gan_train, name, experiment, start):
    """Both nets' weights after the experiment, by the crate and by the script."""
    file = folder / f"{name}.json"
    model = folder / f"{name}-start.safetensors"
    about = {**start["about"], "experiment": experiment, "step": 0}
    save_file(start["weights"], model, {"gan": json.dumps(about)})
    out = folder / f"{name}-out"
    call(gan_train, "--experiment", file, "--model", model, "--out", out, "--assets", folder)
    theirs, _ = weights_of(out / "model.safetensors")
    made = run(folder / f"{name}.py", "--model", model, "--data", own)
    mine = {}
    for part in ("generator", "discriminator", "average"):
        if part in made:
            mine |= {f"{part}.{key}": weight.numpy() for key, weight in made[part].state_dict().items()}
    return theirs, mine


def start_of(folder, gan_train, experiment, rng, scale=0.6):
    """Weights for both nets, with a G that ignores its noise."""
    file = folder / "structure.json"
    file.write_text(json.dumps({**experiment, "training": {**experiment["training"], "steps": 1}}))
    call(gan_train, "--experiment", file, "--out", folder / "structure", "--assets", folder)
    weights, about = weights_of(folder / "structure/model.safetensors")
    file.unlink()
    weights = {key: rng.normal(0, scale, weight.shape).astype(np.float32) for key, weight in weights.items() if not key.startswith("average.")}
    first = sorted(key for key in weights if key.startswith("generator.") and key.endswith("weight"))[0]
    weights[first][:] = 0
    return {"weights": weights, "about": about}


def apart(a, b, but=()):
    return max(float(np.abs(a[key] - b[key]).max()) for key in a if key not in but)


def same_training(report, folder, gan_train):
    own = own_table(folder / "own/still", np.random.default_rng(3).normal(5, 2, (16, 3)))
    cases = [(name, experiment, ()) for name, experiment in still_runs()]
    # The weights on noise get a gradient that is noise.
    on_noise = ("generator.hidden.0.weight", "average.hidden.0.weight")
    cases += [(name, experiment, on_noise) for name, experiment in one_step_of_g()]
    files = {}
    for number, (name, experiment, _) in enumerate(cases):
        files[name] = f"training-{number}"
        (folder / f"{files[name]}.json").write_text(json.dumps(experiment))
    write_scripts(folder)
    plain = {}

    def check(name, experiment, but):
        start = start_of(folder, gan_train, experiment, np.random.default_rng(7))
        theirs, mine = train_both(folder, own, gan_train, files[name], experiment, start)
        far = apart(theirs, mine, but)
        moved = apart({key: weight for key, weight in theirs.items() if key in start["weights"]}, start["weights"], but)
        # What this is about has to make a difference, or it would not be seen to be wrong.
        key = (json.dumps(experiment["discriminator"]), experiment["training"]["steps"], experiment["training"]["g_updates"])
        others = [apart(theirs, other, but) for other in plain.get(key, []) if other.keys() == theirs.keys()]
        plain.setdefault(key, []).append(theirs)
        told = min(others, default=1.0)
        told_apart = told > 3 * TOLERANCE or name in TWINS
        well = set(theirs) == set(mine) and far < TOLERANCE and moved > 0.01 and told_apart
        return well, f"{far:.1e} apart after moving by {moved:.2f}; {told:.3f} from the nearest of the others"

    for name, experiment, but in cases:
        report.check(f"training, {name}", lambda: check(name, experiment, but))


def same_on_average(report, folder, gan_train):
    """What is random in training whatever one does, in one step of a large batch: on average it moves D alike."""
    rows = np.random.default_rng(4).normal(0, 1, (1000, 3))
    own = own_table(folder / "own/many", rows, ["often", "seldom"])
    data = {"kind": "own-table", "id": "many", "columns": [0, 1, 2]}
    large = {"data": data, "discriminator": LINEAR, "training__batch": 1000, "training__steps": 1, "training__d_learning_rate": 1.0}
    cases = {
        # Real examples under wrong classes move D's weights on classes twice as far.
        "classes": (still(conditional=True, **large), 0.0, 0.05),
        "instance noise": (still(objective={"kind": "least-squares", "label_smoothing": 0}, stabilisers__instance_noise=1.5, **large), 0.6, 0.25),
        "packs": (still(objective={"kind": "wasserstein"}, stabilisers__packing=2, lipschitz__r1=1.0, **large), 0.6, 0.25),
    }
    for name, (experiment, _, _) in cases.items():
        (folder / f"average-{name.replace(' ', '-')}.json").write_text(json.dumps(experiment))
    write_scripts(folder)

    def check(name):
        experiment, scale, allowed = cases[name]
        start = start_of(folder, gan_train, experiment, np.random.default_rng(8), scale)
        theirs, mine = train_both(folder, own, gan_train, f"average-{name.replace(' ', '-')}", experiment, start)
        far = apart(theirs, mine)
        moved = apart({key: theirs[key] for key in start["weights"]}, start["weights"])
        return far < allowed and moved > 4 * allowed, f"{far:.2f} apart after moving by {moved:.2f}, of {allowed} allowed"

    for name in cases:
        report.check(f"on average, {name}", lambda: check(name))


# --- Longer runs --------------------------------------------------------------------------------------------------


def modes_of(folder, name):
    made = run(folder / f"{name}.py", "--steps", 1500)
    samples = np.load(folder / "samples.npy")
    angles = 2 * np.pi * np.arange(8) / 8
    centres = np.stack([np.cos(angles), np.sin(angles)], 1)
    apart = np.linalg.norm(samples[:, None] - centres, axis=2)
    # A mode that has a fortieth of the fakes is made, and not just met.
    near = np.bincount(apart.argmin(1)[apart.min(1) < 3 * 0.05], minlength=8) / len(samples)
    return int((near > 1 / 40).sum()), made["said"].strip().splitlines()[-1]


def longer_runs(report, folder):
    for name in ("healthy", "collapse"):
        (folder / f"{name}.json").write_text(json.dumps(preset(name)))
    write_scripts(folder)

    def finds(name, fits):
        made, said = modes_of(folder, name)
        return fits(made), f"{made} of 8 modes made; it says: {said}"

    report.check("healthy finds the modes", lambda: finds("healthy", lambda made: made >= 7))
    report.check("collapse does not", lambda: finds("collapse", lambda made: made <= 5))


def main():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} GAN_TRAIN")
    gan_train = Path(sys.argv[1]).resolve()
    # So small nets are quickest on one core, and the machine may have other work.
    torch.set_num_threads(1)
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for part in ("all", "nets", "pictures", "training", "long"):
            (folder / part).mkdir()
        rng = np.random.default_rng(2)

        def brought(part):
            table = own_table(folder / part / "own/own-table", rng.normal(3, 2, (40, 4)), ["a", "b"])
            return {"own-table": table, "own-pictures": own_pictures(folder / part / "own/own-pictures", rng)}

        for part, work in (
            ("all", lambda at: everything_runs(report, at, brought("all"))),
            ("nets", lambda at: compare_nets(report, at, brought("nets"), gan_train)),
            ("pictures", lambda at: pictures_are_what_they_are(report, at)),
            ("training", lambda at: (same_training(report, at, gan_train), same_on_average(report, at, gan_train))),
            ("long", lambda at: longer_runs(report, at)),
        ):
            begun = time.monotonic()
            report.attempt(part, lambda: work(folder / part))
            print(f"{part}: {time.monotonic() - begun:.0f} s", flush=True)
    print(f"{report.passed} passed, {report.failed} failed")
    sys.exit(report.failed > 0)


if __name__ == "__main__":
    main()
