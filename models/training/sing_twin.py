#!/usr/bin/env python3
"""Trains SING on a GPU with PyTorch, for sizes that a CPU is too slow for.

    ./chanterelle train sing --data NOTES --config models/training/sing.json --export notes.sing
    python3 models/training/sing_twin.py notes.sing OUT --minutes 8

Reads what `--export` wrote: notes, settings and network. Trains the same three stages as `chanterelle train sing` and writes a model
folder: OUT/card.json, OUT/weights.safetensors (float16, the same names), and OUT/training/STAGE.safetensors with all weights. Needs
torch and numpy only.
"""
import argparse
import gzip
import json
import math
import os
import struct
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

STAGES = ["autoencoder", "sequence", "endToEnd"]


def read_export(path):
    with gzip.open(path) as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = np.frombuffer(file.read(), np.uint8)
    arrays = {}
    for name in ("symbols", "planes"):
        begin, end = header[name]["data_offsets"]
        arrays[name] = data[begin:end].reshape(header[name]["shape"])
    meta = {key: json.loads(value) for key, value in header["__metadata__"].items()}
    symbols = arrays["symbols"].astype(np.int64)
    symbols = np.stack([symbols[:, 0] + 256 * symbols[:, 1], symbols[:, 2], symbols[:, 3], symbols[:, 4]], 1)
    planes = arrays["planes"]
    steps = (planes[:, 1].astype(np.uint16) << 8 | planes[:, 0]).view(np.int16)
    samples = np.cumsum(steps, axis=1, dtype=np.int16)
    return samples, symbols, meta


class Windowed(nn.Module):
    """A convolution whose kernel is multiplied by the squared periodic Hann window."""

    def __init__(self, name, conv):
        super().__init__()
        setattr(self, name, conv)
        self.name = name
        window = torch.hann_window(conv.weight.shape[-1], periodic=True) ** 2
        self.register_buffer("window", window, persistent=False)

    def forward(self, x):
        conv = getattr(self, self.name)
        kernel = conv.weight * self.window
        apply = F.conv1d if self.name == "conv" else F.conv_transpose1d
        return apply(x, kernel, conv.bias, stride=conv.stride, padding=conv.padding)


class Layers(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)


ANALYSIS = 1 / 64


def wave(bands, kernel, stride):
    """Cosines of the lapped transform: bands x samples."""
    n, k = torch.arange(kernel, dtype=torch.float64)[None], torch.arange(bands, dtype=torch.float64)[:, None]
    return torch.cos((n + (stride + 1) / 2) * (k + 0.5) * math.pi / stride)


class Carriers(nn.Module):
    """For each band what a lapped transform hears of the pitch's nearest harmonic: see SingCarriers in the Java sources."""

    def __init__(self, c):
        super().__init__()
        bands, stride = c["representation"], c["stride"]
        pitches = torch.arange(c["lowestPitch"], c["highestPitch"] + 1, dtype=torch.float64)
        cycles = 440 * 2 ** ((pitches - 69) / 12) * stride / c.get("sampleRateHz", 16000)
        middle = (torch.arange(bands, dtype=torch.float64) + 0.5) / 2
        harmonics = torch.floor(middle[None] / cycles[:, None] + 0.5).clamp(min=1)
        turns = harmonics * cycles[:, None]
        window = torch.hann_window(c["kernel"], periodic=True, dtype=torch.float64) ** 2
        heard = ANALYSIS * window * wave(bands, c["kernel"], stride)
        angle = 2 * math.pi / stride * turns[:, :, None] * torch.arange(c["kernel"], dtype=torch.float64)
        self.register_buffer("turns", turns, persistent=False)
        self.register_buffer("real", (heard * torch.cos(angle)).sum(-1).float(), persistent=False)
        self.register_buffer("imaginary", (heard * torch.sin(angle)).sum(-1).float(), persistent=False)

    def forward(self, y, pitches, first):
        frames = torch.arange(first, first + y.shape[1], device=y.device, dtype=torch.float64)
        phase = (2 * math.pi * ((self.turns[pitches][:, None] * frames[None, :, None]) % 1)).float()
        real, imaginary = self.real[pitches][:, None], self.imaginary[pitches][:, None]
        cosine, sine = torch.cos(phase), torch.sin(phase)
        along, across, added = y.chunk(3, 2)
        return along * (real * cosine - imaginary * sine) + across * (real * sine + imaginary * cosine) + added


class Generator(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.carriers = Carriers(c) if c.get("carriers") else None
        sizes = [
            (len(c["instruments"]), c["instrumentSize"]),
            (c["highestPitch"] - c["lowestPitch"] + 1, c["pitchSize"]),
            (len(c["velocities"]), c["velocitySize"]),
        ]
        self.tables = nn.ModuleList(nn.Embedding(*size) for size in sizes)
        self.time_table = nn.Embedding(c["frames"], c["timeSize"]) if c["timeSize"] else None
        inputs = sum(width for _, width in sizes) + c["timeSize"]
        self.lstm = nn.LSTM(inputs, c["lstmUnits"], c["lstmLayers"], batch_first=True)
        self.decoder = nn.Linear(c["lstmUnits"], (3 if self.carriers else 1) * c["representation"])

    def forward(self, symbols, first, count, state=None):
        note = torch.cat([table(symbols[:, i]) for i, table in enumerate(self.tables)], 1)
        x = note[:, None].expand(-1, count, -1)
        if self.time_table is not None:
            times = self.time_table(torch.arange(first, first + count, device=symbols.device))
            x = torch.cat([x, times[None].expand(len(symbols), -1, -1)], 2)
        y, state = self.lstm(x, state)
        y = self.decoder(y)
        if self.carriers is not None:
            y = self.carriers(y, symbols[:, 1], first)
        return y.transpose(1, 2), state


class Sing(nn.Module):
    def __init__(self, c):
        super().__init__()
        channels, width, kernel, stride = c["channels"], c["representation"], c["kernel"], c["stride"]

        def rewrites():
            return [layer for _ in range(2) for layer in (nn.Conv1d(channels, channels, 1), nn.ReLU())]

        self.seq = Generator(c)
        self.dec = Layers(
            nn.Conv1d(width, channels, c["context"]), nn.ReLU(), *rewrites(),
            Windowed("conv_tr", nn.ConvTranspose1d(channels, 1, kernel, stride, padding=kernel - stride)))
        self.enc = Layers(
            Windowed("conv", nn.Conv1d(1, channels, kernel, stride)), nn.ReLU(), *rewrites(),
            nn.Conv1d(channels, width, 1))

    def learned(self, stage):
        parts = {"autoencoder": [self.enc, self.dec], "sequence": [self.seq], "endToEnd": [self.seq, self.dec]}[stage]
        return [p for part in parts for p in part.parameters()]


def lapped(net, c):
    """Encoder and decoder as a lapped transform, so that they work untrained: see LappedTransform in the Java sources."""
    bands = min(c["representation"], c["stride"], c["channels"] // 2)
    for name, weight in [*net.enc.named_parameters("enc"), *net.dec.named_parameters("dec")]:
        if name.endswith("bias"):
            nn.init.zeros_(weight)
            continue
        bound = math.sqrt(6 / weight[0].numel())
        nn.init.uniform_(weight, -bound, bound)
        weight[: len(weight) if ".layers.6" in name else 2 * bands] *= 0.003
    if net.seq.carriers is not None:
        net.seq.decoder.weight *= 0.02
        net.seq.decoder.bias.zero_()
        net.seq.decoder.bias[: c["representation"]] = 0.02 / (1 + torch.arange(c["representation"]) / 8)
    cosines = wave(bands, c["kernel"], c["stride"]).float()
    band = torch.arange(bands)
    for sign in (0, 1):
        channel, polarity = 2 * band + sign, 1 - 2 * sign
        net.enc.layers[0].conv.weight[channel, 0] = polarity * ANALYSIS * cosines
        net.dec.layers[6].conv_tr.weight[channel, 0] = polarity * 2 * 0.91 / (c["stride"] * ANALYSIS) * cosines
        net.enc.layers[6].weight[band, channel, 0] = float(polarity)
        net.dec.layers[0].weight[channel, band, c["context"] // 2] = float(polarity)
        for part in (net.enc, net.dec):
            for layer in (2, 4):
                part.layers[layer].weight[channel, channel, 0] = 1.0


def log_power(x, window):
    spectrum = torch.stft(x, 1024, 256, window=window, center=False, return_complex=True)
    return torch.log1p(spectrum.real ** 2 + spectrum.imag ** 2)


class Trainer:
    def __init__(self, samples, symbols, meta, device, minutes, out):
        self.c, self.settings, self.meta, self.device, self.out = meta["network"], meta["settings"], meta, device, out
        self.minutes = minutes
        torch.manual_seed(self.settings["seed"])
        self.net = Sing(self.c)
        if self.settings["initial"] == "LAPPED":
            with torch.no_grad():
                lapped(self.net, self.c)
        self.net.to(device)
        self.window = torch.hann_window(1024, device=device)
        self.samples = torch.from_numpy(samples).to(device)
        self.symbols = torch.from_numpy(symbols).to(device)
        self.train = torch.nonzero(self.symbols[:, 3] == 0)[:, 0]
        self.valid = torch.nonzero(self.symbols[:, 3] == 1)[:, 0]
        self.gain = 10 ** (self.settings["gainDb"] / 20)
        c = self.c
        self.strip = c["kernel"] - c["stride"] + (c["context"] - 1) * c["stride"] // 2
        self.length = (c["frames"] - 1) * c["stride"] + c["kernel"]
        self.steps = 0
        self.start = time.time()

    def audio(self, notes):
        x = self.samples[notes].float() * (self.gain / 32767)
        after = self.length - self.c["padding"] - x.shape[1]
        return F.pad(x, (self.c["padding"], after))

    def crop(self, x, first, count):
        begin = first * self.c["stride"]
        return x[:, begin:begin + (count - 1) * self.c["stride"] + self.c["kernel"]]

    def compare(self, sound, audio):
        wanted = audio[:, self.strip:audio.shape[1] - self.strip]
        if self.settings["loss"] == "WAVEFORM":
            return F.mse_loss(sound, wanted)
        return F.l1_loss(log_power(sound, self.window), log_power(wanted, self.window))

    def losses(self, stage, notes, crop):
        """Yields the losses of a step, each to be followed by an update."""
        frames, net = self.c["frames"], self.net
        audio = self.audio(notes)
        count = crop or frames
        first = int(torch.randint(frames - count + 1, ()))
        if stage == "autoencoder":
            part = self.crop(audio, first, count)
            yield self.compare(net.dec(net.enc(part[:, None]))[:, 0], part)
        elif stage == "sequence" and not self.c.get("carriers"):
            with torch.no_grad():
                wanted = net.enc(audio[:, None])
            state, length = None, self.settings["truncationFrames"]
            for begin in range(0, frames, length):
                n = min(length, frames - begin)
                made, state = net.seq(self.symbols[notes], begin, n, state)
                state = tuple(s.detach() for s in state)
                yield F.mse_loss(made, wanted[:, :, begin:begin + n])
        else:
            made, _ = net.seq(self.symbols[notes], 0, frames)
            yield self.compare(net.dec(made[:, :, first:first + count])[:, 0], self.crop(audio, first, count))

    @torch.no_grad()
    def validate(self, stage):
        total = 0.0
        for notes in self.valid.split(16):
            audio = self.audio(notes)
            code = self.net.enc(audio[:, None]) if stage == "autoencoder" else self.net.seq(
                self.symbols[notes], 0, self.c["frames"])[0]
            sound = self.net.dec(code)[:, 0]
            wanted = audio[:, self.strip:audio.shape[1] - self.strip]
            total += len(notes) * F.l1_loss(log_power(sound, self.window), log_power(wanted, self.window)).item()
        return total / max(1, len(self.valid))

    def run_stage(self, stage, seconds):
        s = self.settings[stage]
        optimiser = torch.optim.Adam(self.net.learned(stage), lr=s["learningRate"])
        begin, order, best, shown = time.time(), torch.empty(0, dtype=torch.long), math.inf, 0.0
        while (done := (time.time() - begin) / seconds) < 1:
            rate = s["learningRate"] * (s["finalLearningRate"] / s["learningRate"]) ** done
            for group in optimiser.param_groups:
                group["lr"] = rate
            if len(order) < s["batch"]:
                order = torch.cat([order, torch.randperm(len(self.train))])
            notes, order = self.train[order[:s["batch"]].to(self.device)], order[s["batch"]:]
            for loss in self.losses(stage, notes, s["cropFrames"]):
                optimiser.zero_grad(set_to_none=True)
                loss.backward()
                if self.settings["clipNorm"] > 0:
                    nn.utils.clip_grad_norm_(self.net.learned(stage), self.settings["clipNorm"])
                optimiser.step()
            self.steps += 1
            if time.time() - shown > 15:
                shown, valid = time.time(), self.validate(stage)
                mark = ""
                if stage == "endToEnd" and valid < best:
                    best, mark = valid, ", the best so far"
                    self.ship(valid)
                print(f"{stage}, step {self.steps}, {done:.0%}: loss {loss.item():.4f}, validation {valid:.4f}{mark}",
                      flush=True)
        valid = self.validate(stage)
        print(f"{stage} ends, step {self.steps}: validation {valid:.4f}", flush=True)
        os.makedirs(os.path.join(self.out, "training"), exist_ok=True)
        label = {"endToEnd": "end-to-end"}.get(stage, stage)
        write(os.path.join(self.out, "training", label + ".safetensors"), self.at_note_level(), "F32")
        if stage == "endToEnd" and valid < best:
            self.ship(valid)

    def at_note_level(self):
        """Weights for notes as they are, without the gain of training."""
        weights = dict(self.net.state_dict())
        for name in weights:
            factor = 1 / self.gain if name.startswith("dec.layers.6.") else 1
            factor = self.gain if name == "enc.layers.0.conv.weight" else factor
            weights[name] = weights[name] * factor
        return weights

    def ship(self, valid):
        weights = {name: value for name, value in self.at_note_level().items() if not name.startswith("enc.")}
        os.makedirs(self.out, exist_ok=True)
        write(os.path.join(self.out, "weights.safetensors"), weights, "F16")
        s = self.settings
        card = {
            "formatVersion": 1, "name": os.path.basename(os.path.abspath(self.out)), "kind": "sing",
            "description": s["description"], "licence": s["licence"], "config": self.c,
            "instruments": self.meta["instruments"],
            "training": {"command": "models/training/sing_twin.py", "steps": self.steps,
                         "minutes": (time.time() - self.start) / 60, "seed": s["seed"]},
            "data": s["sources"],
            "metrics": {"validation_log_power_l1": valid, "training_gain_db": s["gainDb"],
                        "waveform_loss": float(s["loss"] == "WAVEFORM"),
                        "training_notes": float(len(self.train))}}
        with open(os.path.join(self.out, "card.json"), "w") as file:
            json.dump(card, file, indent=2)

    def run(self):
        shares = [self.settings[stage]["share"] for stage in STAGES]
        for stage, share in zip(STAGES, shares):
            self.run_stage(stage, 60 * self.minutes * share / sum(shares))


def write(path, tensors, dtype):
    header, parts, offset = {}, [], 0
    for name, tensor in tensors.items():
        data = tensor.detach().cpu().to(torch.float16 if dtype == "F16" else torch.float32).contiguous().numpy().tobytes()
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [offset, offset + len(data)]}
        parts.append(data)
        offset += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path + ".part", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))
    os.replace(path + ".part", path)


def check(path):
    """Compares the network with the released code's output, see the README beside the file."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    arrays = {
        name: torch.from_numpy(np.frombuffer(data[slice(*entry["data_offsets"])], np.float32).reshape(entry["shape"]).copy())
        for name, entry in header.items()}
    channels, width, context = arrays["dec.layers.0.weight"].shape
    tables = [arrays[f"seq.tables.{i}.weight"].shape for i in range(3)]
    net = Sing({
        "channels": channels, "representation": width, "context": context, "stride": 8,
        "kernel": arrays["dec.layers.6.conv_tr.weight"].shape[2], "lstmUnits": arrays["seq.decoder.weight"].shape[1],
        "lstmLayers": 3, "instruments": range(tables[0][0]), "instrumentSize": tables[0][1], "lowestPitch": 1,
        "highestPitch": tables[1][0], "pitchSize": tables[1][1], "velocities": range(tables[2][0]),
        "velocitySize": tables[2][1], "timeSize": 4, "frames": len(arrays["seq.time_table.weight"])})
    lacking, surplus = net.load_state_dict({n: a for n, a in arrays.items() if n[:4] in ("seq.", "dec.")}, strict=False)
    assert not surplus and all(name.startswith("enc.") for name in lacking), (lacking, surplus)
    notes = torch.stack([arrays["in." + n].long() for n in ("instrument", "pitch", "velocity")], 1)
    with torch.no_grad():
        made, _ = net.seq(notes, 0, len(arrays["seq.time_table.weight"]))
        audio = net.dec(made)[:, 0]
    for found, name in ((made, "embedding"), (audio, "audio")):
        print(name, "differs by at most", (found - arrays["out." + name]).abs().max().item())
        assert torch.allclose(found, arrays["out." + name], rtol=1e-3, atol=1e-5)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notes", nargs="?", help="file that --export wrote")
    parser.add_argument("out", nargs="?", help="model folder to make")
    parser.add_argument("--check", metavar="FILE", help="only compares the network with released.safetensors")
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--loss", choices=["SPECTRAL", "WAVEFORM"])
    parser.add_argument("--time-size", type=int)
    parser.add_argument("--seed", type=int)
    args = parser.parse_args()
    if args.check:
        check(args.check)
        return
    if not args.out:
        parser.error("expected NOTES and OUT")
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    samples, symbols, meta = read_export(args.notes)
    if args.loss:
        meta["settings"]["loss"] = args.loss
    if args.time_size is not None:
        meta["network"]["timeSize"] = args.time_size
    if args.seed is not None:
        meta["settings"]["seed"] = args.seed
    Trainer(samples, symbols, meta, torch.device(args.device), args.minutes, args.out).run()


if __name__ == "__main__":
    main()
