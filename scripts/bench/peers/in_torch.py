"""The models as one writes them in torch: channels-last images, losses that take logits, torch's RMSprop."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from cases import Case
from torch import Tensor, nn


class Dense(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10)
        )

    def forward(self, x: Tensor) -> list[Tensor]:
        return [self.net(x)]


class Headline(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embedding, self.lstm = nn.Embedding(10000, 512), nn.LSTM(512, 32, batch_first=True)
        self.aux = nn.Linear(32, 1)
        self.main = nn.Sequential(
            nn.Linear(37, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(),
            nn.Linear(64, 1),
        )  # fmt: skip

    def forward(self, words: Tensor, facts: Tensor) -> list[Tensor]:
        _, (h, _) = self.lstm(self.embedding(words))
        return [self.main(torch.cat([h[0], facts], 1)), self.aux(h[0])]


class Tweets(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.lstm, self.out = nn.LSTM(256, 64, batch_first=True), nn.Linear(128, 1)

    def forward(self, a: Tensor, b: Tensor) -> list[Tensor]:
        encoded = [self.lstm(x)[1][0][0] for x in (a, b)]
        return [self.out(torch.cat(encoded, 1))]


class Inception(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.one_1, self.one_2, self.one_3 = (nn.Conv2d(3, 64, 1) for _ in range(3))
        self.three, self.five = nn.Conv2d(64, 64, 3, padding=1), nn.Conv2d(64, 64, 5, padding=2)
        self.out = nn.Linear(64, 10)

    def forward(self, x: Tensor) -> list[Tensor]:
        x = x.permute(0, 3, 1, 2)
        tower_1 = F.relu(self.three(F.relu(self.one_1(x))))
        tower_2 = F.relu(self.five(F.relu(self.one_2(x))))
        tower_3 = F.relu(self.one_3(F.max_pool2d(x, 3, 1, 1)))
        return [self.out(torch.cat([tower_1, tower_2, tower_3], 2).mean((2, 3)))]


class Digits(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.vision = nn.Sequential(nn.Conv2d(1, 64, 3), nn.Conv2d(64, 64, 3), nn.MaxPool2d(2), nn.Flatten())
        self.out = nn.Linear(2 * 11 * 11 * 64, 1)

    def forward(self, a: Tensor, b: Tensor) -> list[Tensor]:
        seen = [self.vision(x.permute(0, 3, 1, 2)) for x in (a, b)]
        return [self.out(torch.cat(seen, 1))]


class Vqa(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        parts: list[nn.Module] = []
        channels = 3
        for filters, convolutions in ((64, 2), (128, 2), (256, 3)):
            for i in range(convolutions):
                parts += [nn.Conv2d(channels, filters, 3, padding=1 if i == 0 else 0), nn.ReLU()]
                channels = filters
            parts.append(nn.MaxPool2d(2))
        self.vision = nn.Sequential(*parts, nn.Flatten())
        self.embedding, self.lstm = nn.Embedding(10000, 256), nn.LSTM(256, 256, batch_first=True)
        self.out = nn.Linear(256 + 25 * 25 * 256, 1000)

    def forward(self, image: Tensor, words: Tensor) -> list[Tensor]:
        _, (h, _) = self.lstm(self.embedding(words))
        return [self.out(torch.cat([h[0], self.vision(image.permute(0, 3, 1, 2))], 1))]


class Runner:
    """A model with its optimizer, see in_pipekeras; through torch.compile if wanted."""

    def __init__(self, name: str, case: Case, compiled: bool = False) -> None:
        self.case = case
        model: nn.Module = globals()[name.capitalize()]().to(memory_format=torch.channels_last)
        self.model: Any = torch.compile(model) if compiled else model
        self.optimizer = torch.optim.RMSprop(self.model.parameters(), 0.001, alpha=0.9, eps=1e-7)
        self.weights = (1.0, 0.2)
        binary = case.loss == "binary_crossentropy"
        self.loss = F.binary_cross_entropy_with_logits if binary else F.cross_entropy
        self.last = torch.sigmoid if binary else lambda z: z.softmax(1)

    def fit(self, x: list[np.ndarray], y: list[np.ndarray], epochs: int) -> list[float]:
        inputs, targets = [torch.from_numpy(a) for a in x], [torch.from_numpy(a) for a in y]
        ends = []
        for _ in range(epochs):
            total, right = torch.zeros(()), torch.zeros(())
            for rows in torch.randperm(len(x[0])).split(self.case.batch):
                outputs = self.model(*(t[rows] for t in inputs))
                wanted = [t[rows] for t in targets]
                loss = self.loss(outputs[0], wanted[0])
                if len(wanted) > 1:
                    loss = loss + 0.2 * self.loss(outputs[1], wanted[1])
                self.optimizer.zero_grad()
                loss.backward()
                self.optimizer.step()
                total += loss.detach() * len(rows)
                if self.case.accuracy:
                    right += self._right(outputs[0].detach(), wanted[0])
            total.item()
            ends.append(time.time())
        return ends

    def _right(self, logits: Tensor, wanted: Tensor) -> Tensor:
        if logits.shape[1] == 1:
            return ((logits > 0) == (wanted > 0.5)).sum()
        return (logits.argmax(1) == wanted.argmax(1)).sum()

    @torch.no_grad()
    def predict(self, x: list[np.ndarray]) -> Any:
        parts = zip(*(torch.from_numpy(a).split(self.case.batch) for a in x), strict=True)
        found = [[self.last(o) for o in self.model(*part)] for part in parts]
        return [torch.cat(each).numpy() for each in zip(*found, strict=True)]
