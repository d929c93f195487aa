#version 440
// A rectangle that fills the viewport.

layout(std140, binding = 0) uniform Drawing {
    mat4 clip;    // what this computer's clip space differs by
    ivec2 source; // the picture's size, in its own pixels
    ivec2 target; // its size on the display, in the display's pixels
    int block;    // of so many pixels each way means are interpolated; 0: means of areas
};

layout(location = 0) out vec2 place; // in shares of the picture, from its top left

void main()
{
    place = vec2(gl_VertexIndex & 1, gl_VertexIndex >> 1);
    gl_Position = clip * vec4(place.x * 2.0 - 1.0, 1.0 - place.y * 2.0, 0.0, 1.0);
}
