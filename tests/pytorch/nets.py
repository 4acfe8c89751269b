"""The playground's nets as plain PyTorch, written from the description of each in src/nets/ and from nothing else.

Attributes carry the names that a model file gives its weights, so that `load_state_dict` takes them as they are.
"""

import torch
from torch import nn
from torch.nn import functional as F

ACTIVATIONS = {
    "leaky-relu": nn.LeakyReLU(0.2),
    "relu": nn.ReLU(),
    "tanh": nn.Tanh(),
    "silu": nn.SiLU(),
}


class Mlp(nn.Module):
    """`[batch, inputs]` to `[batch, outputs]`, linear at the end."""

    def __init__(self, inputs, hidden, outputs, act):
        super().__init__()
        widths = [inputs, *hidden]
        self.hidden = nn.ModuleList(nn.Linear(a, b) for a, b in zip(widths, hidden))
        self.output = nn.Linear(widths[-1], outputs)
        self.act = act

    def forward(self, x):
        for layer in self.hidden:
            x = self.act(layer(x))
        return self.output(x)


class ConvGenerator(nn.Module):
    """`[batch, inputs]` to pictures, `[batch, colours, height, width]`: a linear layer, then twice doubled."""

    def __init__(self, inputs, channels, picture, act):
        super().__init__()
        colours, height, width = picture
        self.start = (2 * channels, height // 4, width // 4)
        self.project = nn.Linear(inputs, 2 * channels * (height // 4) * (width // 4))
        self.inner = nn.ConvTranspose2d(2 * channels, channels, 4, stride=2, padding=1)
        self.outer = nn.ConvTranspose2d(channels, colours, 4, stride=2, padding=1)
        self.act = act

    def forward(self, x):
        x = self.act(self.project(x)).unflatten(1, self.start)
        return self.outer(self.act(self.inner(x)))


class ConvDiscriminator(nn.Module):
    """Pictures, `[batch, planes, height, width]`, to logits, `[batch, 1]`: twice halved, then a linear layer."""

    def __init__(self, channels, picture, act):
        super().__init__()
        planes, height, width = picture
        self.outer = nn.Conv2d(planes, channels, 4, stride=2, padding=1)
        self.inner = nn.Conv2d(channels, 2 * channels, 4, stride=2, padding=1)
        self.judge = nn.Linear(2 * channels * (height // 4) * (width // 4), 1)
        self.act = act

    def forward(self, x):
        x = self.act(self.inner(self.act(self.outer(x))))
        return self.judge(x.flatten(1))


class Block(nn.Module):
    """What it is given and a correction of that, by two convolutions of the same width."""

    def __init__(self, channels, act):
        super().__init__()
        self.inner = nn.Conv2d(channels, channels, 3, padding=1)
        self.outer = nn.Conv2d(channels, channels, 3, padding=1)
        self.act = act

    def forward(self, x):
        return x + self.outer(self.act(self.inner(self.act(x))))


class ResidualGenerator(nn.Module):
    """As ConvGenerator, of blocks, with plain doubling between them."""

    def __init__(self, inputs, channels, picture, act):
        super().__init__()
        colours, height, width = picture
        self.start = (2 * channels, height // 4, width // 4)
        self.project = nn.Linear(inputs, 2 * channels * (height // 4) * (width // 4))
        self.inner = Block(2 * channels, act)
        self.narrow = nn.Conv2d(2 * channels, channels, 1)
        self.outer = Block(channels, act)
        self.colour = nn.Conv2d(channels, colours, 3, padding=1)
        self.act = act

    def forward(self, x):
        double = nn.Upsample(scale_factor=2, mode="nearest")
        x = self.inner(self.project(x).unflatten(1, self.start))
        x = self.outer(double(self.narrow(x)))
        return self.colour(double(self.act(x)))


class ResidualDiscriminator(nn.Module):
    """As ConvDiscriminator, of blocks, with plain halving between them."""

    def __init__(self, channels, picture, act):
        super().__init__()
        planes, height, width = picture
        self.colour = nn.Conv2d(planes, channels, 3, padding=1)
        self.outer = Block(channels, act)
        self.widen = nn.Conv2d(channels, 2 * channels, 1)
        self.inner = Block(2 * channels, act)
        self.judge = nn.Linear(2 * channels * (height // 4) * (width // 4), 1)
        self.act = act

    def forward(self, x):
        x = F.avg_pool2d(self.act(self.colour(x)), 2)
        x = self.inner(self.widen(F.avg_pool2d(self.outer(x), 2)))
        return self.judge(self.act(x).flatten(1))


def generator(about):
    """G of a file that says `about` of itself, and a function from its codes, `[batch, noise + classes]`, to what it
    makes in the nets' units, `[batch, features]`."""
    net, act, picture = described(about["experiment"]["generator"], about["shape"])
    inputs = about["noise"] + about["classes"]
    if net["kind"] == "mlp":
        module = Mlp(inputs, net["hidden"], features(picture), act)
    else:
        kind = {"conv": ConvGenerator, "residual": ResidualGenerator}[net["kind"]]
        module = kind(inputs, net["channels"], picture, act)
    bounded = about["experiment"]["output"] == "tanh"

    def make(codes):
        made = module(codes).flatten(1)
        return torch.tanh(made) * about["bound"] if bounded else made

    return module, make


def discriminator(about):
    """D likewise, and a function from examples, `[batch, features]`, and their one-hot classes, `[batch, classes]`, to
    logits, `[batch, 1]`."""
    net, act, picture = described(about["experiment"]["discriminator"], about["shape"])
    classes = about["classes"]
    if net["kind"] == "mlp":
        module = Mlp(features(picture) + classes, net["hidden"], 1, act)
        return module, lambda rows, told: module(torch.cat([rows, told], 1))
    kind = {"conv": ConvDiscriminator, "residual": ResidualDiscriminator}[net["kind"]]
    colours, height, width = picture
    module = kind(net["channels"], (colours + classes, height, width), act)

    def score(rows, told):
        # A plane for each class, all 1 or all 0.
        planes = told[:, :, None, None].expand(-1, -1, height, width)
        return module(torch.cat([rows.unflatten(1, picture), planes], 1))

    return module, score


def described(net, shape):
    if shape["kind"] == "image":
        picture = (shape["channels"], shape["height"], shape["width"])
    else:
        picture = (shape["numbers"], 1, 1)
    return net, ACTIVATIONS[net["activation"]], picture


def features(picture):
    colours, height, width = picture
    return colours * height * width
