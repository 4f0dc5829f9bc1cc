# title: How far does it fly?
# sentence: Autograd without nets: at 45 degrees the angle has no slope left, only speed helps.
# level: beyond

speed = 20.0
angle = pi / 4
g = 9.81

distance = speed**2 * sin(2 * angle) / g
distance.backward()
print(f"{distance:.2f} metres")
print(f"per radian of angle {angle.grad:+.2f}, per metre per second {speed.grad:+.2f}")
