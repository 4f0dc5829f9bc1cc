# title: The same in PyTorch's words
# sentence: Programs for PyTorch on single numbers run as they are.
# level: building blocks

import torch

x = torch.tensor(1.0, requires_grad=True)
w = torch.tensor(-2.0, requires_grad=True)
y = torch.sigmoid(w * x) + torch.log(x + 1)
y.backward()
print(f"{y.item():.4f} {x.grad:.4f} {w.grad:.4f}")
