# title: A step of a neural ODE
# sentence: A neuron says how fast x moves; the gradient goes back through time to its weights.
# level: beyond

w = -1.2
b = 0.4
start = 2.0
dt = 0.2

x = start
for step_number in range(8):
    x = x + dt * tanh(w*x + b)    # Euler's method

loss = (x - 0.5)**2    # it should arrive at 0.5
loss.backward()
print(f"arrives at {x:.4f}; loss {loss:.4f}, slopes {w.grad:.4f} and {b.grad:.4f}")
