#version 440
// A picture at the display's size, from its memory as it is: red, green and blue of each pixel lie
// beside each other in three texels of one channel. Numbers are those of OpenCV's INTER_LINEAR and
// INTER_AREA, so that a picture looks the same whichever way it is drawn (`painted.py`).

layout(std140, binding = 0) uniform Drawing {
    mat4 clip;
    ivec2 source;
    ivec2 target;
    int block;
};
layout(binding = 1) uniform sampler2D bytes;

layout(location = 0) in vec2 place;
layout(location = 0) out vec4 colour;

vec3 pixel(ivec2 at)
{
    int x = 3 * at.x;
    return vec3(texelFetch(bytes, ivec2(x, at.y), 0).r,
                texelFetch(bytes, ivec2(x + 1, at.y), 0).r,
                texelFetch(bytes, ivec2(x + 2, at.y), 0).r);
}

vec3 blockMean(ivec2 at)
{
    vec3 sum = vec3(0.0);
    for (int y = 0; y < block; ++y)
        for (int x = 0; x < block; ++x)
            sum += pixel(at * block + ivec2(x, y));
    return sum / float(block * block);
}

vec3 interpolated(vec2 at)
{
    vec2 begin = floor(at);
    vec2 share = at - begin;
    ivec2 last = source / block - 1;
    ivec2 low = clamp(ivec2(begin), ivec2(0), last);
    ivec2 high = clamp(ivec2(begin) + 1, ivec2(0), last);
    vec3 above = mix(blockMean(low), blockMean(ivec2(high.x, low.y)), share.x);
    vec3 below = mix(blockMean(ivec2(low.x, high.y)), blockMean(high), share.x);
    return mix(above, below, share.y);
}

vec3 meanOf(vec2 begin, vec2 end)
{
    ivec2 first = ivec2(floor(begin));
    ivec2 last = min(ivec2(ceil(end)), source) - 1;
    vec3 sum = vec3(0.0);
    float weights = 0.0;
    for (int y = first.y; y <= last.y; ++y) {
        float high = min(end.y, float(y + 1)) - max(begin.y, float(y));
        for (int x = first.x; x <= last.x; ++x) {
            float area = high * (min(end.x, float(x + 1)) - max(begin.x, float(x)));
            sum += area * pixel(ivec2(x, y));
            weights += area;
        }
    }
    return sum / weights;
}

void main()
{
    vec2 scale = vec2(source) / vec2(target);
    vec2 at = floor(place * vec2(target));
    vec3 seen = block == 0 ? meanOf(at * scale, (at + 1.0) * scale)
                           : interpolated((at + 0.5) * scale / float(block) - 0.5);
    colour = vec4(seen, 1.0);
}
