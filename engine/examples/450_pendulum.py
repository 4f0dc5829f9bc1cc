# title: Force is a slope
# sentence: A pendulum is pulled against the slope of its energy; no formula for the force is needed.
# level: beyond

def potential(angle):
    return 9.81 * (1 - cos(angle))

angle = 1.0
speed = 0.0    # per second
for tick in range(100):
    force = -grad(potential(angle), angle)
    speed.data += 0.02 * force.data
    angle.data += 0.02 * speed.data
    if tick % 20 == 0:
        energy = potential(angle.data) + speed.data**2 / 2
        print(f"{tick * 0.02:.2f} s: angle {angle.data:+.3f}, energy {energy:.3f}")
