"""Holds model files against PyTorch: the README's example, and nets written anew in nets.py, are given a file's weights
and have to make of the same codes what `gan-train sample` makes of them.

    python3 tests/pytorch/check.py target/debug/gan-train

It checks what assets/models/ ships, and a run of each kind of net, trained for a few steps. That a transposed weight
would be seen is a check of its own, for every net.
"""

import copy
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open

import nets

ROOT = Path(__file__).resolve().parents[2]

# Largest difference of a number in the nets' units, where examples are of about 1: rounding makes some 1e-6.
TOLERANCE = 1e-4
# The same as a share of the largest score, for a D under spectral normalisation: the trainer estimates the norms by
# power iteration, which leaves up to 7 % on nets as fresh as these; without normalisation scores are five times as
# large.
SPECTRAL_TOLERANCE = 0.2
COUNT = 16
STEPS = 5


class Report:
    """Counts checks, and prints a line about each."""

    def __init__(self):
        self.passed = self.failed = 0

    def tell(self, name, well, said):
        self.passed += well
        self.failed += not well
        print(f"{'passed' if well else 'FAILED'}  {name}: {said}", flush=True)

    def attempt(self, name, work):
        """What `work` gives; where it raises that is a failed check, and None."""
        try:
            return work()
        except Exception as error:
            self.tell(name, False, f"{type(error).__name__}: {error}")
            return None

    def check(self, name, work):
        """`work` gives whether it is well, and what to say of it. Whether it was."""
        well, said = self.attempt(name, work) or (None, None)
        if well is not None:
            self.tell(name, well, said)
        return bool(well)

    def net(self, name, module, weights, run, expected, allowed=TOLERANCE):
        """That `run`, which goes through `module`, gives what is expected with these weights, and with no others."""
        net = (module, weights, run, expected)
        if self.check(name, lambda: agrees(*net, allowed)):
            self.check(f"{name}, transposed", lambda: notices(*net, allowed))


def agrees(module, weights, run, expected, allowed):
    apart = difference(module, weights, run, expected)
    return apart < allowed, f"{apart:.1e} apart at most, of {allowed:.0e} allowed"


def difference(module, weights, run, expected):
    module.load_state_dict(weights)
    with torch.no_grad():
        given = run()
    if given.shape != expected.shape:
        raise ValueError(f"{list(given.shape)} numbers, and not {list(expected.shape)}")
    return (given - expected).abs().max().item()


def notices(module, weights, run, expected, allowed):
    """Whether each weight, transposed, would fail the check. One that keeps its shape is only told by the numbers."""
    seen = []
    for name, weight in weights.items():
        other = transposed(weight)
        if torch.equal(other, weight):
            continue
        apart = difference(module, {**weights, name: other}, run, expected)
        if not apart >= allowed:
            return False, f"{name} may be wrong unseen ({apart:.1e} apart)"
        seen.append(apart)
    if not seen:
        return False, "there is no weight to transpose"
    return True, f"each of {len(seen)} weights is noticed, {min(seen):.1e} apart at least"


def transposed(weight):
    """The numbers in the order that they have with inputs and outputs, and the sides of a kernel, exchanged."""
    order = {2: (1, 0), 4: (1, 0, 3, 2)}.get(weight.dim(), range(weight.dim()))
    return weight.permute(*order).reshape(weight.shape)


class Model:
    """A file, and what `gan-train sample` makes with it."""

    def __init__(self, file, gan_train):
        with safe_open(file, "pt") as opened:
            self.about = json.loads(opened.metadata()["gan"])
            self.weights = {name: opened.get_tensor(name) for name in opened.keys()}
        averaged = self.about["experiment"]["stabilisers"]["ema_shown"] and self.has("average")
        self.shown = "average" if averaged else "generator"
        with tempfile.TemporaryDirectory() as folder:
            wanted = ["codes", "export"] + ["scores"] * self.has("discriminator")
            files = {what: Path(folder, f"{what}.npy") for what in wanted}
            options = [word for what, path in files.items() for word in (f"--{what}", path)]
            call(gan_train, "sample", file, "--count", COUNT, "--seed", 1, *options)
            given = {what: torch.from_numpy(np.load(path)) for what, path in files.items()}
        self.codes = given["codes"]
        self.scores = given.get("scores")
        centre, scale = torch.tensor(self.about["units"]).unbind(1)
        self.samples = (given["export"] - centre) / scale

    def has(self, part):
        return any(name.startswith(f"{part}.") for name in self.weights)

    def part(self, part):
        """Its weights, named as in the net itself."""
        return {
            name.removeprefix(f"{part}."): weight
            for name, weight in self.weights.items()
            if name.startswith(f"{part}.")
        }


def call(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"`{' '.join(map(str, words))}` failed: {done.stderr.strip()}")


def held(report, name, model):
    """Both nets of a model against nets.py."""
    module, make = nets.generator(model.about)
    weights = model.part(model.shown)
    report.net(f"{name}, G", module, weights, lambda: make(model.codes), model.samples)
    if model.scores is None:
        return
    module, score = nets.discriminator(model.about)
    weights = model.part("discriminator")
    allowed = TOLERANCE
    if model.about["experiment"]["lipschitz"]["spectral_norm"]:
        weights = {path: normalised(weight) for path, weight in weights.items()}
        allowed = SPECTRAL_TOLERANCE * model.scores.abs().max().item()

    def run():
        return score(model.samples, model.codes[:, model.about["noise"] :])

    report.net(f"{name}, D", module, weights, run, model.scores, allowed)


def normalised(weight):
    """A weight matrix, or a kernel as one, over its largest singular value; a bias as it is."""
    return weight / torch.linalg.matrix_norm(weight.flatten(1), 2) if weight.dim() > 1 else weight


def readme_example():
    """The Python in the README's section on PyTorch."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"^## In PyTorch$.*?^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError("the README has no Python under the heading 'In PyTorch'")
    return found[1]


def run_example():
    """Runs it as it stands; the G that it builds."""
    # Where a reader would run it.
    os.chdir(ROOT)
    made = {}
    exec(compile(readme_example(), "README.md", "exec"), made)
    return made["generator"]


def net(kind, activation, **widths):
    return {"kind": kind, "activation": activation, **widths}


# Runs of every kind of net, conditional and not, with every activation: a name, what it starts from, which is a preset
# or a run above it, and what of that run's experiment it changes.
RUNS = [
    ("ring", "ring", {}),
    ("moons", "moons", {}),
    (
        "moons-conditional",
        "moons",
        {
            "conditional": True,
            "generator": net("mlp", "silu", hidden=[32, 16]),
            "output": "tanh",
            "discriminator": net("mlp", "relu", hidden=[24, 12]),
        },
    ),
    ("digits", "digits", {}),
    (
        "digits-residual",
        "digits",
        {
            "conditional": True,
            "generator": net("residual", "leaky-relu", channels=4),
            "discriminator": net("residual", "silu", channels=4),
        },
    ),
    (
        "digits-spectral",
        "digits",
        {
            "lipschitz": {
                "gradient_penalty": 0,
                "r1": 0,
                "r2": 0,
                "weight_clip": 0,
                "spectral_norm": True,
            }
        },
    ),
    ("faces", "faces", {}),
    ("faces-conditional", "faces", {"conditional": True}),
]


def train(gan_train, folder, name, start, change):
    """Trains one of these for a few steps; its model file."""
    out = folder / name
    if change:
        experiment = json.loads((folder / start / "experiment.json").read_text())
        experiment.update(change)
        start = folder / f"{name}.json"
        start.write_text(json.dumps(experiment))
    call(gan_train, "--experiment", start, "--steps", STEPS, "--pictures", 100, "--out", out)
    return out / "model.safetensors"


def main():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} GAN_TRAIN")
    gan_train = Path(sys.argv[1]).resolve()
    report = Report()
    print(f"PyTorch {torch.__version__}")

    shipped = ROOT / "assets/models"
    model = report.attempt("digits", lambda: Model(shipped / "digits.safetensors", gan_train))
    generator = report.attempt("README's example", run_example)
    if model and generator:

        def make():
            return generator(model.codes).flatten(1)

        weights = copy.deepcopy(generator.state_dict())
        report.net("README's example", generator, weights, make, model.samples)

    for file in sorted(shipped.glob("*.safetensors")):
        model = report.attempt(file.name, lambda: Model(file, gan_train))
        if model:
            held(report, file.name, model)
    with tempfile.TemporaryDirectory() as folder:
        for run in RUNS:
            name = f"{run[0]}, {STEPS} steps"
            file = report.attempt(name, lambda: train(gan_train, Path(folder), *run))
            model = file and report.attempt(name, lambda: Model(file, gan_train))
            if model:
                held(report, name, model)

    print(f"{report.passed} passed, {report.failed} failed")
    sys.exit(report.failed > 0)


if __name__ == "__main__":
    main()
