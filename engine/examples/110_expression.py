# title: One expression, all its slopes
# sentence: Each number at the start asks: if I grow a little, how much does L grow?
# level: first steps

a = 2.0
b = -3.0
c = 10.0
f = -2.0
L = (a*b + c) * f
