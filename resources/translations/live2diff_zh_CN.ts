<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Restyles a webcam live with a uni-directional video diffusion model, based on “Live2Diff” (arXiv 2407.08701).</source>
        <translation>使用单向视频扩散模型实时改变摄像头画面的风格，基于“Live2Diff”（arXiv 2407.08701）。</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Version {0} · MIT licence</source>
        <translation>版本 {0} · MIT 许可证</translation>
    </message>
    <message>
        <source>Built with these libraries:</source>
        <translation>使用了以下程序库：</translation>
    </message>
    <message>
        <source>see its package</source>
        <translation>见其软件包</translation>
    </message>
</context>
<context>
    <name>AccessPage</name>
    <message>
        <source>Let programs and paired devices control this window</source>
        <translation>允许程序和已配对设备控制此窗口</translation>
    </message>
    <message>
        <source>Answer in the local network, too, for a phone</source>
        <translation>同时在局域网内响应（供手机使用）</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Answers at {0}. In a terminal: python main.py remote status</source>
        <translation>响应地址：{0}。终端命令：python main.py remote status</translation>
    </message>
    <message>
        <source>Off: nothing listens.</source>
        <translation>已关闭：未监听任何端口。</translation>
    </message>
</context>
<context>
    <name>BaseDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>BlendRow</name>
    <message>
        <source>Blend with another style</source>
        <translation>与另一种风格混合</translation>
    </message>
    <message>
        <source>Mixes in a second style. Does not affect the delay.</source>
        <translation>混入第二种风格。不影响延迟。</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>How much of the second style shows: 0 is none of it, 1 is that style alone. Does not affect the delay.</source>
        <translation>第二种风格的显示比例：0 表示完全没有，1 表示只有该风格。不影响延迟。</translation>
    </message>
    <message>
        <source>No blend</source>
        <translation>不混合</translation>
    </message>
    <message>
        <source>Blend with {0}</source>
        <translation>与“{0}”混合</translation>
    </message>
</context>
<context>
    <name>BroadcastPage</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Kept in the system’s key store</source>
        <translation>保存在系统密钥库中</translation>
    </message>
    <message>
        <source>Stream key</source>
        <translation>推流密钥</translation>
    </message>
    <message>
        <source>The styled picture goes to this service at the webcam’s size and rate, with the sound of “{0}” where that is switched on. Outside the stream, in a panic and while you show the original, the placeholder is sent.</source>
        <translation>风格化画面会以摄像头的尺寸和帧率发送到此服务；如果已开启“{0}”，则带有其声音。未在直播、紧急隐藏或显示原始画面时，发送的是占位画面。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>End the broadcast</source>
        <translation>结束推流</translation>
    </message>
    <message>
        <source>Broadcast now</source>
        <translation>开始推流</translation>
    </message>
    <message>
        <source>Not on air</source>
        <translation>未推流</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>On air</source>
        <translation>正在推流</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已被拒绝</translation>
    </message>
</context>
<context>
    <name>CameraPage</name>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Choose your camera</source>
        <translation>选择摄像头</translation>
    </message>
    <message>
        <source>No camera: use the demo</source>
        <translation>没有摄像头：使用演示</translation>
    </message>
    <message>
        <source>Only you can see this picture.</source>
        <translation>只有您能看到此画面。</translation>
    </message>
</context>
<context>
    <name>CameraQuestion</name>
    <message>
        <source>Turn on the camera</source>
        <translation>打开摄像头</translation>
    </message>
    <message>
        <source>May the program turn your camera on, to show you its picture here? The picture stays on this computer, and is neither saved nor sent. The camera is turned off again as soon as you go on.</source>
        <translation>可以让程序打开您的摄像头，在这里显示画面吗？画面只留在这台电脑上，既不保存也不发送。您继续下一步后，摄像头会立即关闭。</translation>
    </message>
    <message>
        <source>macOS will ask you as well. Choose “Allow”.</source>
        <translation>macOS 也会询问您，请选择“允许”。</translation>
    </message>
    <message>
        <source>You can go on without it: the camera is then turned on when you go live.</source>
        <translation>您也可以跳过：摄像头会在您开始直播时才打开。</translation>
    </message>
</context>
<context>
    <name>CaptureButtons</name>
    <message>
        <source>Save a snapshot</source>
        <translation>保存快照</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Panic</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Shows the placeholder at once, until you release it.</source>
        <translation>立即显示占位画面，直到您解除。</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>停止录制</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>解除</translation>
    </message>
</context>
<context>
    <name>CharacterControls</name>
    <message>
        <source>Eye size</source>
        <translation>眼睛大小</translation>
    </message>
    <message>
        <source>How large eyes are drawn: 1 is as wide as yours. Does not affect the delay.</source>
        <translation>眼睛画得多大：1 表示与您的眼睛同宽。不影响延迟。</translation>
    </message>
    <message>
        <source>Eye colour</source>
        <translation>眼睛颜色</translation>
    </message>
    <message>
        <source>The colour of the drawn eyes, or your own. Does not affect the delay.</source>
        <translation>所画眼睛的颜色，或您自己的颜色。不影响延迟。</translation>
    </message>
    <message>
        <source>Hair colour</source>
        <translation>头发颜色</translation>
    </message>
    <message>
        <source>The colour of the drawn hair, or your own. Does not affect the delay.</source>
        <translation>所画头发的颜色，或您自己的颜色。不影响延迟。</translation>
    </message>
    <message>
        <source>Blush</source>
        <translation>腮红</translation>
    </message>
    <message>
        <source>How rosy the cheeks are: 1 is the style&apos;s own. Does not affect the delay.</source>
        <translation>脸颊的红润程度：1 为该风格本身的程度。不影响延迟。</translation>
    </message>
    <message>
        <source>Line weight</source>
        <translation>线条粗细</translation>
    </message>
    <message>
        <source>How thick the lines of a face are: 1 is the style&apos;s own. Does not affect the delay.</source>
        <translation>脸部线条的粗细：1 为该风格本身的粗细。不影响延迟。</translation>
    </message>
</context>
<context>
    <name>CheckFileDialog</name>
    <message>
        <source>Check a file</source>
        <translation>检查文件</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Checking {0}…</source>
        <translation>正在检查 {0}…</translation>
    </message>
    <message>
        <source>Drop a picture or a video here. Its signed credentials are read, and {0}’s invisible mark is looked for. Nothing leaves this computer.</source>
        <translation>将图片或视频拖到此处。程序会读取其中已签名的凭证，并查找 {0} 的隐形标记。任何内容都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Pictures and videos (*.png *.jpg *.jpeg *.mp4 *.m4v *.mov *.mkv *.webm)</source>
        <translation>图片和视频 (*.png *.jpg *.jpeg *.mp4 *.m4v *.mov *.mkv *.webm)</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>{0} could not be checked.</source>
        <translation>无法检查 {0}。</translation>
    </message>
    <message>
        <source>{0} was made with AI by {1}.</source>
        <translation>{0} 由 {1} 使用 AI 制作。</translation>
    </message>
    <message>
        <source>Nothing in {0} says that {1} made it.</source>
        <translation>{0} 中没有任何信息表明它由 {1} 制作。</translation>
    </message>
    <message>
        <source>It may still be made with AI, by this program or another one.</source>
        <translation>它仍有可能由本程序或其他程序使用 AI 制作。</translation>
    </message>
    <message>
        <source>Credentials: none. Most websites remove them.</source>
        <translation>凭证：无。大多数网站会将其移除。</translation>
    </message>
    <message>
        <source>Credentials: not valid. The file was altered after it was signed.</source>
        <translation>凭证：无效。文件在签名后被改动过。</translation>
    </message>
    <message>
        <source>Credentials: valid, signed by “{0}”; made by {1} {2}.</source>
        <translation>凭证：有效，签名者为“{0}”；由 {1} {2} 制作。</translation>
    </message>
    <message>
        <source>No certificate that is trusted here vouches for the signer.</source>
        <translation>没有此处信任的证书为签名者担保。</translation>
    </message>
    <message>
        <source>Invisible mark: not found.</source>
        <translation>隐形标记：未找到。</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Invisible mark: found from second {0}, version {1}.</source>
        <translation>隐形标记：自第 {0} 秒起找到，版本 {1}。</translation>
    </message>
</context>
<context>
    <name>ColourRow</name>
    <message>
        <source>Reset {0}</source>
        <translation>重置{0}</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黑色</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>棕色</translation>
    </message>
    <message>
        <source>Auburn</source>
        <translation>赤褐色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>琥珀色</translation>
    </message>
    <message>
        <source>Blond</source>
        <translation>金色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>粉色</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>As I am</source>
        <translation>保持本色</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>其他…</translation>
    </message>
</context>
<context>
    <name>CompositionControls</name>
    <message>
        <source>Who is styled</source>
        <translation>风格化对象</translation>
    </message>
    <message>
        <source>The rest is shown as the camera sees it, until you change it.</source>
        <translation>其余部分按摄像头原样显示，直到您更改为止。</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Only you</source>
        <translation>仅您本人</translation>
    </message>
    <message>
        <source>Only the room</source>
        <translation>仅房间</translation>
    </message>
    <message>
        <source>Behind you</source>
        <translation>您的背景</translation>
    </message>
    <message>
        <source>What is seen in place of your room. Not part of presets.</source>
        <translation>代替您房间显示的内容。不属于预设。</translation>
    </message>
    <message>
        <source>Your room</source>
        <translation>您的房间</translation>
    </message>
    <message>
        <source>Your room, blurred</source>
        <translation>您的房间（模糊）</translation>
    </message>
    <message>
        <source>A picture…</source>
        <translation>图片…</translation>
    </message>
    <message>
        <source>A colour…</source>
        <translation>颜色…</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>ComputerPicker</name>
    <message>
        <source>Compute on</source>
        <translation>计算位置</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Another computer…</source>
        <translation>另一台电脑…</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>正在连接…</translation>
    </message>
</context>
<context>
    <name>ControlsPane</name>
    <message>
        <source>Adjust</source>
        <translation>调整</translation>
    </message>
    <message>
        <source>Random seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>How strongly the picture is restyled: 0.2 is a hint, 1 is the full style. Does not affect the delay.</source>
        <translation>画面风格化的强度：0.2 为轻微，1 为完整风格。不影响延迟。</translation>
    </message>
    <message>
        <source>How closely shapes follow the camera picture; lower is freer. Does not affect the delay.</source>
        <translation>形状与摄像头画面的贴合程度；越低越自由。不影响延迟。</translation>
    </message>
    <message>
        <source>Noise consistency</source>
        <translation>噪声一致性</translation>
    </message>
    <message>
        <source>How much of the noise stays the same from frame to frame: 1 is calm, 0 is lively. Does not affect the delay.</source>
        <translation>帧与帧之间保持不变的噪声比例：1 为平静，0 为活跃。不影响延迟。</translation>
    </message>
    <message>
        <source>Flicker reduction</source>
        <translation>防闪烁</translation>
    </message>
    <message>
        <source>How strongly flicker is smoothed along the movement. Higher is calmer, but fast hands may smear. At 0 the delay is a few milliseconds shorter.</source>
        <translation>沿运动方向平滑闪烁的强度。越高越平稳，但快速移动的手可能会模糊。为 0 时延迟缩短几毫秒。</translation>
    </message>
    <message>
        <source>More steps draw finer detail; each adds about one run of the model to the time per frame.</source>
        <translation>步数越多，细节越精细；每一步约使每帧时间增加一次模型运算。</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>收起</translation>
    </message>
</context>
<context>
    <name>CuesDialog</name>
    <message>
        <source>Cues</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Cues ({0})</source>
        <translation>场景 ({0})</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Take over what is set</source>
        <translation>采用当前设置</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Go to this cue</source>
        <translation>转到此场景</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Settings of the picture in the order of a show, each with the time it takes to fade to. Keys, OSC, MIDI and the phone step through them.</source>
        <translation>按演出顺序排列的画面设置，每个都有自己的渐变时间。可用快捷键、OSC、MIDI 和手机逐个切换。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Fade</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>What is set now</source>
        <translation>当前设置</translation>
    </message>
    <message>
        <source>Open cues</source>
        <translation>打开场景</translation>
    </message>
    <message>
        <source>Save cues</source>
        <translation>保存场景</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
</context>
<context>
    <name>DriverOffer</name>
    <message>
        <source>Set up…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>The camera driver v4l2loopback</source>
        <translation>摄像头驱动 v4l2loopback</translation>
    </message>
    <message>
        <source>Working. Building the driver can take some minutes.</source>
        <translation>正在进行。编译驱动可能需要几分钟。</translation>
    </message>
    <message>
        <source>Zoom, Discord and Chromium look for a camera device, and this driver makes one. Setting it up does this, and nothing else:</source>
        <translation>Zoom、Discord 和 Chromium 查找的是摄像头设备，此驱动会提供一个。设置时只会执行以下操作：</translation>
    </message>
    <message>
        <source>It is set up. Removing it deletes {0} and {1}, and unloads the driver; the driver&apos;s package stays, because other programs may need it.</source>
        <translation>驱动已设置好。移除时会删除 {0} 和 {1} 并卸载驱动；驱动的软件包会保留，因为其他程序可能需要它。</translation>
    </message>
    <message>
        <source>Copy the command into a terminal; it asks before it begins. The way back is the same command with “remove” at its end.</source>
        <translation>请将命令复制到终端中运行，它会在开始前询问您。要撤销，请运行同一命令，并将结尾改为“remove”。</translation>
    </message>
    <message>
        <source>An administrator&apos;s password is asked for. The way back: “Remove…” under “System webcam…” in the menu takes it all away but the driver&apos;s package.</source>
        <translation>这需要管理员密码。要撤销，请在菜单的“系统摄像头…”中选择“移除…”；除驱动的软件包外，其余都会清除。</translation>
    </message>
    <message>
        <source>run {0}</source>
        <translation>运行 {0}</translation>
    </message>
    <message>
        <source>write {0}</source>
        <translation>写入 {0}</translation>
    </message>
    <message>
        <source>load the driver {0}, now and whenever the computer starts</source>
        <translation>加载驱动 {0}（现在以及每次开机时）</translation>
    </message>
    <message>
        <source>keep the driver&apos;s options of another program in {0}</source>
        <translation>保留其他程序在 {0} 中的驱动选项</translation>
    </message>
    <message>
        <source>add a camera to the running driver, until the next restart</source>
        <translation>向正在运行的驱动添加一个摄像头，直到下次重启</translation>
    </message>
</context>
<context>
    <name>EnginePage</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Acceleration</source>
        <translation>加速方式</translation>
    </message>
    <message>
        <source>“Untested”: written for such hardware, but not yet run on it.</source>
        <translation>“未测试”：为此类硬件编写，但尚未在其上运行过。</translation>
    </message>
    <message>
        <source>How the model is computed. Which is fastest depends on the hardware; the pictures differ only by rounding.</source>
        <translation>模型的计算方式。哪种最快取决于硬件；画面仅有舍入误差的差别。</translation>
    </message>
    <message>
        <source>The number format that the model computes in. Half precision takes half the memory and is faster on devices made for it.</source>
        <translation>模型计算所用的数值格式。半精度只占一半内存，在支持它的设备上更快。</translation>
    </message>
    <message>
        <source>How past frames are stored. 8 bits take half the memory; the picture differs slightly.</source>
        <translation>过去帧的存储方式。8 位只占一半内存；画面略有不同。</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>计算位置</translation>
    </message>
    <message>
        <source>{0} · untested</source>
        <translation>{0} · 未测试</translation>
    </message>
    <message>
        <source>Same precision as the model</source>
        <translation>与模型精度相同</translation>
    </message>
    <message>
        <source>8 bits (float8)</source>
        <translation>8 位（float8）</translation>
    </message>
    <message>
        <source>8 bits (int8)</source>
        <translation>8 位（int8）</translation>
    </message>
    <message>
        <source>On this CPU it reaches about {0} frames/s.</source>
        <translation>在此 CPU 上约为 {0} 帧/秒。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Past frames</source>
        <translation>过去的帧</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>{0} · {1} GB free</source>
        <translation>{0} · 可用 {1} GB</translation>
    </message>
    <message>
        <source>Half ({0})</source>
        <translation>半精度（{0}）</translation>
    </message>
    <message>
        <source>Full (float32)</source>
        <translation>全精度（float32）</translation>
    </message>
</context>
<context>
    <name>FirstRunDialog</name>
    <message>
        <source>First steps</source>
        <translation>入门</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>I understand</source>
        <translation>我明白了</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>第 {0} 步，共 {1} 步</translation>
    </message>
</context>
<context>
    <name>FitButton</name>
    <message>
        <source>Mirror, auto framing, crop, rotate</source>
        <translation>镜像、自动取景、裁剪、旋转</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Auto framing</source>
        <translation>自动取景</translation>
    </message>
    <message>
        <source>Follows whoever is in the picture, calmly. Adds a few milliseconds to the delay.</source>
        <translation>平稳地跟随画面中的人。延迟会增加几毫秒。</translation>
    </message>
    <message>
        <source>Crop to fill</source>
        <translation>裁剪填满</translation>
    </message>
    <message>
        <source>Fit with borders</source>
        <translation>加边框完整显示</translation>
    </message>
    <message>
        <source>No rotation</source>
        <translation>不旋转</translation>
    </message>
    <message>
        <source>Rotate by {0}°</source>
        <translation>旋转 {0}°</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>Same as the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Keep streaming in the tray when the window is closed</source>
        <translation>关闭窗口后在系统托盘中继续直播</translation>
    </message>
    <message>
        <source>Tell me about new versions</source>
        <translation>有新版本时通知我</translation>
    </message>
    <message>
        <source>At each start, asks the program&apos;s page over the network. Nothing is sent.</source>
        <translation>每次启动时通过网络查询程序主页，不发送任何信息。</translation>
    </message>
    <message>
        <source>Folder for recordings</source>
        <translation>录像文件夹</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录像</translation>
    </message>
    <message>
        <source>{0}  ·  Change…</source>
        <translation>{0}  ·  更改…</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Use keys that work in every program</source>
        <translation>使用全局快捷键</translation>
    </message>
    <message>
        <source>Under Wayland, the desktop asks you to allow them and may give other keys. Where it gives none, bind the command “python main.py remote panic” in its own settings.</source>
        <translation>在 Wayland 下，桌面会请求您允许，并可能分配其他按键。如果桌面不提供，请在其设置中绑定命令“python main.py remote panic”。</translation>
    </message>
    <message>
        <source>No key for: {0}</source>
        <translation>清除快捷键：{0}</translation>
    </message>
</context>
<context>
    <name>LatencyGraph</name>
    <message>
        <source>Delay over the last ten seconds</source>
        <translation>最近十秒的延迟</translation>
    </message>
    <message>
        <source>{0} ms: capture {1}, network {2}, model {3}, output {4} · 95 %: {5} ms</source>
        <translation>{0} 毫秒：采集 {1}，网络 {2}，模型 {3}，输出 {4} · 95 %：{5} 毫秒</translation>
    </message>
    <message>
        <source>{0} ms: capture {1}, model {2}, output {3} · 95 %: {4} ms</source>
        <translation>{0} 毫秒：采集 {1}，模型 {2}，输出 {3} · 95 %：{4} 毫秒</translation>
    </message>
</context>
<context>
    <name>LatencyMeter</name>
    <message>
        <source>median · 95 %: {0} ms</source>
        <translation>中位数 · 95%：{0} 毫秒</translation>
    </message>
    <message>
        <source>{0} dropped</source>
        <translation>丢弃 {0}</translation>
    </message>
    <message>
        <source>capture {0} · network {1} · model {2} · output {3}</source>
        <translation>采集 {0} · 网络 {1} · 模型 {2} · 输出 {3}</translation>
    </message>
    <message>
        <source>capture {0} · model {1} · interpolation {2} · output {3}</source>
        <translation>采集 {0} · 模型 {1} · 插帧 {2} · 输出 {3}</translation>
    </message>
    <message>
        <source>capture {0} · model {1} · output {2}</source>
        <translation>采集 {0} · 模型 {1} · 输出 {2}</translation>
    </message>
    <message>
        <source>Copy {0} ms: delay your microphone by this much in OBS or Discord, to keep sound and lips in sync</source>
        <translation>复制 {0} 毫秒：在 OBS 或 Discord 中将麦克风延迟此时长，使声音与口型同步</translation>
    </message>
    <message>
        <source>The delay is shown here while you are live.</source>
        <translation>直播时在此显示延迟。</translation>
    </message>
</context>
<context>
    <name>LogDialog</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>The report contains versions, devices and the log, but no pictures or names.</source>
        <translation>报告包含版本、设备和日志，但不含图片或姓名。</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>First steps…</source>
        <translation>入门…</translation>
    </message>
    <message>
        <source>Saved {0} in {1}</source>
        <translation>已将 {0} 保存到 {1}</translation>
    </message>
    <message>
        <source>System webcam…</source>
        <translation>系统摄像头…</translation>
    </message>
    <message>
        <source>Streaming…</source>
        <translation>直播…</translation>
    </message>
    <message>
        <source>Remote control…</source>
        <translation>远程控制…</translation>
    </message>
    <message>
        <source>Cues…</source>
        <translation>场景…</translation>
    </message>
    <message>
        <source>Log…</source>
        <translation>日志…</translation>
    </message>
    <message>
        <source>Check a file…</source>
        <translation>检查文件…</translation>
    </message>
    <message>
        <source>Responsible use…</source>
        <translation>负责任地使用…</translation>
    </message>
    <message>
        <source>About…</source>
        <translation>关于…</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>MicrophonePage</name>
    <message>
        <source>Offer “{0}” to other programs</source>
        <translation>向其他程序提供“{0}”</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> 毫秒</translation>
    </message>
    <message>
        <source>Correction by ear</source>
        <translation>凭听感校正</translation>
    </message>
    <message>
        <source>Your voice, as late as the picture, so that it fits your lips. Choose it as the microphone in the other program. While the camera is off, nothing is heard.</source>
        <translation>您的声音会与画面同样延迟，从而与口型吻合。请在其他程序中将其选为麦克风。摄像头关闭时，不会传出任何声音。</translation>
    </message>
    <message>
        <source>This system lets no program offer a microphone. Enter the delay elsewhere: in OBS under Advanced Audio Properties as the sync offset; for other programs in the mixer of a virtual cable.</source>
        <translation>此系统不允许程序提供麦克风。请在别处填写延迟：OBS 中为“高级音频属性”里的同步偏移；其他程序则在虚拟音频线的混音器中填写。</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>The usual one</source>
        <translation>默认麦克风</translation>
    </message>
    <message>
        <source>Measured as soon as the stream is live</source>
        <translation>直播开始后即测量</translation>
    </message>
    <message>
        <source>{0} · on</source>
        <translation>{0} · 已开启</translation>
    </message>
    <message>
        <source>{0} · off while the camera is off</source>
        <translation>{0} · 摄像头关闭时保持关闭</translation>
    </message>
</context>
<context>
    <name>MidiPage</name>
    <message>
        <source>Use a MIDI device</source>
        <translation>使用 MIDI 设备</translation>
    </message>
    <message>
        <source>MIDI device</source>
        <translation>MIDI 设备</translation>
    </message>
    <message>
        <source>What to bind</source>
        <translation>绑定目标</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Knobs and pads that are bound</source>
        <translation>已绑定的旋钮和打击垫</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Now move a knob, or press a pad or a key.</source>
        <translation>现在请转动旋钮，或按下打击垫或琴键。</translation>
    </message>
    <message>
        <source>Choose what to bind, then press “Learn” and move a knob.</source>
        <translation>选择绑定目标，按“学习”，然后转动旋钮。</translation>
    </message>
    <message>
        <source>The first device there is</source>
        <translation>第一个可用设备</translation>
    </message>
    <message>
        <source>{0} (not connected)</source>
        <translation>{0}（未连接）</translation>
    </message>
</context>
<context>
    <name>ModelDownloadDialog</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Download a model</source>
        <translation>下载模型</translation>
    </message>
    <message>
        <source>More than {0} GB will be downloaded from the authors&apos; servers.</source>
        <translation>将从作者的服务器下载超过 {0} GB 的数据。</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Contacting the servers…</source>
        <translation>正在连接服务器…</translation>
    </message>
    <message>
        <source>{0} is published under this licence: {1}</source>
        <translation>{0} 以此许可证发布：{1}</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Downloading {0}</source>
        <translation>正在下载 {0}</translation>
    </message>
    <message>
        <source>{0} of {1} MB</source>
        <translation>{0} / {1} MB</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>The model is installed. Go live to use it.</source>
        <translation>模型已安装。开始直播即可使用。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>ObsPage</name>
    <message>
        <source>Connect to OBS on this computer</source>
        <translation>连接到本机的 OBS</translation>
    </message>
    <message>
        <source>Kept in the system’s key store</source>
        <translation>保存在系统密钥库中</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Microphone in OBS</source>
        <translation>OBS 中的麦克风</translation>
    </message>
    <message>
        <source>Add the camera as a source</source>
        <translation>将摄像头添加为来源</translation>
    </message>
    <message>
        <source>In OBS: Tools → WebSocket Server Settings → Enable WebSocket server; the password is under Show Connect Info.</source>
        <translation>在 OBS 中：工具 → WebSocket 服务器设置 → 开启 WebSocket 服务器；密码在“显示连接信息”中。</translation>
    </message>
    <message>
        <source>Keep in step</source>
        <translation>保持同步</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>无麦克风</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>OBS does not answer; it is tried again</source>
        <translation>OBS 没有响应，将继续尝试</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
</context>
<context>
    <name>OnAirPane</name>
    <message>
        <source>Show the original</source>
        <translation>显示原始画面</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>Sends your unstyled camera picture until this session ends.</source>
        <translation>发送未经风格化的摄像头画面，直到本次会话结束。</translation>
    </message>
    <message>
        <source>System webcam…</source>
        <translation>系统摄像头…</translation>
    </message>
    <message>
        <source>How to select the camera in other programs</source>
        <translation>如何在其他程序中选择摄像头</translation>
    </message>
    <message>
        <source>Go live</source>
        <translation>开始直播</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>OscPage</name>
    <message>
        <source>Exchange OSC messages</source>
        <translation>收发 OSC 消息</translation>
    </message>
    <message>
        <source>Receives at port</source>
        <translation>接收端口</translation>
    </message>
    <message>
        <source>Sends to port</source>
        <translation>发送端口</translation>
    </message>
    <message>
        <source>OSC has no passwords: whoever can send from this address, or in its name, can control the window. Enter another computer only in a network that you trust.</source>
        <translation>OSC 没有密码：任何能从此地址或冒用此地址发送的人都能控制窗口。请仅在您信任的网络中填写其他计算机。</translation>
    </message>
    <message>
        <source>Address of the other side</source>
        <translation>对方地址</translation>
    </message>
    <message>
        <source>Such as: /live2diff/style ink, /live2diff/strength 0.6, /live2diff/cue/next, /live2diff/panic. The documentation lists them all. Every change is sent to the other side.</source>
        <translation>例如：/live2diff/style ink、/live2diff/strength 0.6、/live2diff/cue/next、/live2diff/panic。文档列出了全部地址。每次更改都会发送给对方。</translation>
    </message>
</context>
<context>
    <name>OutputPage</name>
    <message>
        <source>A card with text</source>
        <translation>文字卡片</translation>
    </message>
    <message>
        <source>A picture</source>
        <translation>一张图片</translation>
    </message>
    <message>
        <source>A still of the styled stream</source>
        <translation>风格化画面的定格</translation>
    </message>
    <message>
        <source>Placeholder</source>
        <translation>占位画面</translation>
    </message>
    <message>
        <source>Text on the card</source>
        <translation>卡片上的文字</translation>
    </message>
    <message>
        <source>Webcam format</source>
        <translation>摄像头格式</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Interpolated frames</source>
        <translation>插帧</translation>
    </message>
    <message>
        <source>Shown while there is no styled picture. It is never an unstyled picture of the camera.</source>
        <translation>没有风格化画面时显示。绝不会是未经处理的摄像头画面。</translation>
    </message>
    <message>
        <source>AI mark</source>
        <translation>AI 标记</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Up to 30 frames/s</source>
        <translation>最高 30 帧/秒</translation>
    </message>
    <message>
        <source>Up to 60 frames/s</source>
        <translation>最高 60 帧/秒</translation>
    </message>
    <message>
        <source>Smoother movement where the model is slower than this: pictures in between are made along the measured motion. Adds the time between two frames of the model to the delay, which the meter shows.</source>
        <translation>当模型达不到此帧率时，动作更流畅：沿测得的运动生成中间画面。延迟会增加模型两帧之间的时间，并显示在延迟指示中。</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.bmp)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp *.bmp)</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>选择图片</translation>
    </message>
</context>
<context>
    <name>PairEngineDialog</name>
    <message>
        <source>Compute on another computer</source>
        <translation>在另一台电脑上计算</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>配对码</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>配对</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>On the other computer, start “python main.py serve”. It shows its address and a code. Your camera’s pictures go there, encrypted, and come back styled; they are not kept.</source>
        <translation>在另一台电脑上启动“python main.py serve”，它会显示地址和配对码。摄像头画面会加密发送到那里，风格化后传回；画面不会被保存。</translation>
    </message>
    <message>
        <source>Pairing …</source>
        <translation>正在配对…</translation>
    </message>
    <message>
        <source>Paired. The other computer does the work from now on.</source>
        <translation>已配对。从现在起由另一台电脑计算。</translation>
    </message>
    <message>
        <source>Its certificate (SHA-256): {0}. Only a computer that has it is used. If the other computer shows another one, choose “This computer” again.</source>
        <translation>它的证书（SHA-256）：{0}。只会使用持有该证书的电脑。如果另一台电脑显示的证书不同，请重新选择“本机”。</translation>
    </message>
</context>
<context>
    <name>PairingPanel</name>
    <message>
        <source>Pair a device…</source>
        <translation>配对设备…</translation>
    </message>
    <message>
        <source>QR code for pairing</source>
        <translation>用于配对的二维码</translation>
    </message>
    <message>
        <source>Point the phone&apos;s camera at the picture, or open {0} and enter the code. It is valid for five minutes, once.</source>
        <translation>用手机相机扫描此图，或打开 {0} 并输入代码。代码五分钟内有效，仅限一次。</translation>
    </message>
    <message>
        <source>Open {0} in a browser on this computer and enter the code, or give it to the program that asks for it. It is valid for five minutes, once. For a phone, first choose “Answer in the local network”.</source>
        <translation>在本机浏览器中打开 {0} 并输入代码，或将代码提供给请求它的程序。代码五分钟内有效，仅限一次。如需使用手机，请先选择“在局域网内响应”。</translation>
    </message>
    <message>
        <source>The browser warns that it does not know this computer&apos;s certificate. Go on if it shows this fingerprint (SHA-256): {0}</source>
        <translation>浏览器会警告不认识此计算机的证书。如果显示的指纹（SHA-256）与此一致，请继续：{0}</translation>
    </message>
</context>
<context>
    <name>PresetsMenu</name>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Presets ({0})</source>
        <translation>预设 ({0})</translation>
    </message>
    <message>
        <source>Save as preset…</source>
        <translation>保存为预设…</translation>
    </message>
    <message>
        <source>Export as preset…</source>
        <translation>导出为预设…</translation>
    </message>
    <message>
        <source>Import a preset…</source>
        <translation>导入预设…</translation>
    </message>
    <message>
        <source>Delete a preset</source>
        <translation>删除预设</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>保存为预设</translation>
    </message>
    <message>
        <source>Export as preset</source>
        <translation>导出为预设</translation>
    </message>
    <message>
        <source>Import a preset</source>
        <translation>导入预设</translation>
    </message>
</context>
<context>
    <name>PreviewPane</name>
    <message>
        <source>Compare with the camera picture</source>
        <translation>与摄像头画面对比</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Panic has NOT reached the camera</source>
        <translation>紧急指令尚未到达摄像头</translation>
    </message>
    <message>
        <source>Panic: the placeholder is on air</source>
        <translation>紧急：正在播出占位画面</translation>
    </message>
    <message>
        <source>Your unstyled camera picture is on air; the recording is paused</source>
        <translation>您的原始摄像头画面正在播出；录制已暂停</translation>
    </message>
    <message>
        <source>Your unstyled camera picture is on air</source>
        <translation>正在播出未经风格化的摄像头画面</translation>
    </message>
    <message>
        <source>Your unstyled camera picture may be on air</source>
        <translation>您的原始摄像头画面可能正在播出</translation>
    </message>
    <message>
        <source>You are shown unstyled</source>
        <translation>您本人以未经风格化的原样显示</translation>
    </message>
    <message>
        <source>Your room is shown unstyled</source>
        <translation>您的房间以未经风格化的原样显示</translation>
    </message>
    <message>
        <source>No program is using the camera; the model is paused.</source>
        <translation>没有程序在使用摄像头；模型已暂停。</translation>
    </message>
    <message>
        <source>The placeholder is shown meanwhile.</source>
        <translation>其间显示占位画面。</translation>
    </message>
    <message>
        <source>Other programs see the placeholder.</source>
        <translation>其他程序看到的是占位画面。</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
</context>
<context>
    <name>ProgramGuide</name>
    <message>
        <source>Settings → Video → Camera → “{0}”</source>
        <translation>设置 → 视频 → 摄像头 → “{0}”</translation>
    </message>
    <message>
        <source>The gear in the call → Camera → “{0}”</source>
        <translation>通话中的齿轮 → 摄像头 → “{0}”</translation>
    </message>
    <message>
        <source>User settings → Voice &amp; video → Camera → “{0}”</source>
        <translation>用户设置 → 语音和视频 → 摄像头 → “{0}”</translation>
    </message>
    <message>
        <source>Sources → + → Video capture device → “{0}”</source>
        <translation>来源 → + → 视频采集设备 → “{0}”</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>其他程序</translation>
    </message>
    <message>
        <source>Wherever a camera can be selected. Restart the program if it is not listed.</source>
        <translation>任何可以选择摄像头的地方。如果未列出，请重新启动该程序。</translation>
    </message>
</context>
<context>
    <name>ProgramsPage</name>
    <message>
        <source>Select “{0}” in your program</source>
        <translation>在您的程序中选择“{0}”</translation>
    </message>
</context>
<context>
    <name>PromptRow</name>
    <message>
        <source>Describe the picture</source>
        <translation>描述画面</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>What the picture should look like, in English. Does not affect the delay.</source>
        <translation>画面应有的样子，请用英文描述。不影响延迟。</translation>
    </message>
    <message>
        <source>Reset {0}</source>
        <translation>重置{0}</translation>
    </message>
</context>
<context>
    <name>RemoteControlDialog</name>
    <message>
        <source>Remote control</source>
        <translation>远程控制</translation>
    </message>
    <message>
        <source>Phone and programs</source>
        <translation>手机和程序</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
</context>
<context>
    <name>ResponsibleUse</name>
    <message>
        <source>Before you go live</source>
        <translation>开始直播之前</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Showing yourself in another style, live: for streams, calls, teaching and art.</source>
        <translation>以另一种风格实时展示自己：用于直播、通话、教学和艺术。</translation>
    </message>
    <message>
        <source>Impersonating others, or making people believe that something happened that did not.</source>
        <translation>冒充他人，或让人相信从未发生过的事情。</translation>
    </message>
    <message>
        <source>Your face stays recognisable</source>
        <translation>您的面部仍可辨认</translation>
    </message>
    <message>
        <source>A style is not a disguise. Measured around eyes and mouth, the likeness to the photograph (1 is the photograph itself) is 0.81 to 0.98 at full strength and 0.90 to 0.98 at 0.6 for every built-in style except those that draw you as a character: they have 0.32 to 0.39 at full strength and 0.40 to 0.47 at 0.6, and keep your hair, pose and expression. At the lowest strength, every built-in style has 0.89 or more: almost your camera&apos;s picture. Imported styles and Stable Diffusion have not been measured.</source>
        <translation>风格不是伪装。在眼睛和嘴部周围测量，与照片的相似度（1 即照片本身）在全强度下为 0.81 至 0.98，在 0.6 时为 0.90 至 0.98，所有内置风格均如此，唯有把您画成角色的风格例外：全强度下为 0.32 至 0.39，0.6 时为 0.40 至 0.47，并保留您的头发、姿势和表情。在最低强度下，每种内置风格都不低于 0.89：几乎就是摄像头的画面。导入的风格和 Stable Diffusion 未经测量。</translation>
    </message>
    <message>
        <source>Everyone in the picture</source>
        <translation>画面中的每个人</translation>
    </message>
    <message>
        <source>Ask everyone who can be seen before you go live or record.</source>
        <translation>开始直播或录制之前，请征得画面中每个人的同意。</translation>
    </message>
    <message>
        <source>Labelled as AI</source>
        <translation>标明为 AI</translation>
    </message>
    <message>
        <source>An “AI” mark is shown in a corner of the picture, and an invisible one tells programs the same. Recordings and snapshots are signed as AI-generated. Everything is computed on this computer; no picture leaves it except through the system webcam.</source>
        <translation>画面一角显示“AI”标记，另有隐形标记向程序表明同样的信息。录制内容和快照均签名为 AI 生成。一切都在这台电脑上计算；除系统摄像头外，画面不会离开本机。</translation>
    </message>
    <message>
        <source>What it is not for</source>
        <translation>不可用于</translation>
    </message>
</context>
<context>
    <name>ResponsibleUseDialog</name>
    <message>
        <source>Responsible use</source>
        <translation>负责任地使用</translation>
    </message>
</context>
<context>
    <name>SeedRow</name>
    <message>
        <source>New random seed</source>
        <translation>新的随机种子</translation>
    </message>
    <message>
        <source>Keep this seed at every start</source>
        <translation>每次开始都保持这个种子</translation>
    </message>
    <message>
        <source>Reset {0}</source>
        <translation>重置{0}</translation>
    </message>
    <message>
        <source>The noise that the picture is drawn from. Another seed gives other details. Does not affect the delay.</source>
        <translation>生成画面所用的噪声。不同的种子会产生不同的细节。不影响延迟。</translation>
    </message>
</context>
<context>
    <name>SettingSlider</name>
    <message>
        <source>Reset {0}</source>
        <translation>重置{0}</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Hold to see the camera picture</source>
        <translation>按住可查看摄像头画面</translation>
    </message>
    <message>
        <source>Move the focused comparison line</source>
        <translation>移动获得焦点的对比线</translation>
    </message>
    <message>
        <source>Make the focused style a favourite, or not</source>
        <translation>将获得焦点的风格设为或取消收藏</translation>
    </message>
    <message>
        <source>Choose one of the first nine styles</source>
        <translation>选择前九种风格之一</translation>
    </message>
</context>
<context>
    <name>SourcePane</name>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Where the picture comes from.</source>
        <translation>画面的来源。</translation>
    </message>
    <message>
        <source>Camera format</source>
        <translation>摄像头格式</translation>
    </message>
    <message>
        <source>Picture size</source>
        <translation>画面尺寸</translation>
    </message>
    <message>
        <source>Requested from the camera. A higher frame rate shortens the delay a little.</source>
        <translation>向摄像头请求的格式。更高的帧率会略微缩短延迟。</translation>
    </message>
    <message>
        <source>The size that the model works at. Smaller is faster, larger shows more detail. Automatic keeps the whole picture and finds what this computer can do.</source>
        <translation>模型处理画面的尺寸。越小越快，越大细节越多。“自动”会保留整个画面，并找出这台电脑能胜任的尺寸。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>Screen {0}</source>
        <translation>屏幕 {0}</translation>
    </message>
    <message>
        <source>Window…</source>
        <translation>窗口…</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>{0} (not connected)</source>
        <translation>{0}（未连接）</translation>
    </message>
    <message>
        <source>Automatic · {0}</source>
        <translation>自动 · {0}</translation>
    </message>
    <message>
        <source>Choose a video</source>
        <translation>选择视频</translation>
    </message>
    <message>
        <source>Videos (*.mp4 *.mov *.mkv *.webm *.avi *.m4v);;All files (*)</source>
        <translation>视频 (*.mp4 *.mov *.mkv *.webm *.avi *.m4v);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>StillQuestion</name>
    <message>
        <source>Show this picture, face and all</source>
        <translation>显示此画面，包括面部</translation>
    </message>
    <message>
        <source>Keep the present placeholder</source>
        <translation>保留当前占位画面</translation>
    </message>
    <message>
        <source>The placeholder is shown whenever nothing styled is, also after a panic: everyone who sees it would see this picture of whoever was in front of the camera.</source>
        <translation>没有风格化画面时总会显示占位画面，按下“紧急”后也是如此：所有看到它的人都会看到摄像头前的人的这张画面。</translation>
    </message>
    <message>
        <source>At a strength of {0}, a face is almost as the camera shows it.</source>
        <translation>强度为 {0} 时，面部与摄像头画面几乎相同。</translation>
    </message>
    <message>
        <source>A face stays recognisable in the style {0}.</source>
        <translation>在风格“{0}”中，面部仍可辨认。</translation>
    </message>
    <message>
        <source>The style {0} is not known to hide a face.</source>
        <translation>尚不确定风格“{0}”能否隐藏面部。</translation>
    </message>
</context>
<context>
    <name>StreamingDialog</name>
    <message>
        <source>Streaming</source>
        <translation>直播</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>OBS</source>
        <translation>OBS</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>推流</translation>
    </message>
</context>
<context>
    <name>StyleCard</name>
    <message>
        <source>A face stays recognisable in this style.</source>
        <translation>在此风格中，面部仍可辨认。</translation>
    </message>
    <message>
        <source>A face stays recognisable at low strength, and in part at full strength.</source>
        <translation>强度较低时面部仍可辨认，全强度时部分可辨认。</translation>
    </message>
    <message>
        <source>Whether a face stays recognisable has not been measured.</source>
        <translation>面部是否仍可辨认，未经测量。</translation>
    </message>
</context>
<context>
    <name>StylePage</name>
    <message>
        <source>Choose a style</source>
        <translation>选择风格</translation>
    </message>
    <message>
        <source>Measuring the speed of this computer…</source>
        <translation>正在测量此计算机的速度…</translation>
    </message>
    <message>
        <source>This computer reaches {0} frames/s at {1}.</source>
        <translation>此计算机在 {1} 下可达 {0} 帧/秒。</translation>
    </message>
</context>
<context>
    <name>StylesPane</name>
    <message>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search the styles</source>
        <translation>搜索风格</translation>
    </message>
    <message>
        <source>Favourites only</source>
        <translation>仅收藏</translation>
    </message>
    <message>
        <source>Show the styles on my own picture</source>
        <translation>用我自己的画面展示风格</translation>
    </message>
    <message>
        <source>No style matches.</source>
        <translation>没有匹配的风格。</translation>
    </message>
    <message>
        <source>Back to the styles&apos; own pictures</source>
        <translation>恢复风格自带的图片</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>显示窗口</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Go live</source>
        <translation>开始直播</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>Panic</source>
        <translation>紧急</translation>
    </message>
</context>
<context>
    <name>UserInterface</name>
    <message>
        <source>Drawing your picture in every style</source>
        <translation>正在用每种风格绘制您的画面</translation>
    </message>
    <message>
        <source>There is no picture of you yet</source>
        <translation>还没有您的画面</translation>
    </message>
    <message>
        <source>The pictures are drawn when the stream stops</source>
        <translation>直播停止后将绘制这些画面</translation>
    </message>
</context>
<context>
    <name>VideoView</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>VirtualCameraPage</name>
    <message>
        <source>Your picture as a webcam</source>
        <translation>把您的画面作为摄像头</translation>
    </message>
    <message>
        <source>Other programs list “{0}” beside your own camera. Until you go live, and whenever you stop, they see a placeholder there.</source>
        <translation>其他程序会在您自己的摄像头旁列出“{0}”。在您开始直播之前以及停止之后，它们看到的都是占位画面。</translation>
    </message>
    <message>
        <source>It is there through PipeWire. Nothing is installed for that, and it is gone when this program ends. Flatpak programs and browsers that ask the desktop for cameras find it.</source>
        <translation>它通过 PipeWire 提供。无需安装任何东西，本程序结束后它就会消失。Flatpak 程序以及向桌面请求摄像头的浏览器都能找到它。</translation>
    </message>
    <message>
        <source>It is there as a camera device, which Zoom, Discord and Chromium find. An empty device stays when this program ends.</source>
        <translation>它以摄像头设备的形式提供，Zoom、Discord 和 Chromium 都能找到。本程序结束后会留下一个空设备。</translation>
    </message>
    <message>
        <source>Here it goes through OBS Studio&apos;s camera and bears its name, “{0}”.</source>
        <translation>在这里它通过 OBS Studio 的摄像头提供，并使用其名称“{0}”。</translation>
    </message>
</context>
<context>
    <name>WatermarkRows</name>
    <message>
        <source>Top left</source>
        <translation>左上</translation>
    </message>
    <message>
        <source>Top right</source>
        <translation>右上</translation>
    </message>
    <message>
        <source>Bottom left</source>
        <translation>左下</translation>
    </message>
    <message>
        <source>Bottom right</source>
        <translation>右下</translation>
    </message>
    <message>
        <source>Corner of the AI mark</source>
        <translation>AI 标记的位置</translation>
    </message>
    <message>
        <source>Show the AI mark</source>
        <translation>显示 AI 标记</translation>
    </message>
    <message>
        <source>Invisible mark, for programs</source>
        <translation>隐形标记（供程序识别）</translation>
    </message>
    <message>
        <source>A pattern too faint to see, in every styled picture. It says which program made it, and survives most handling. It names no person and no computer.</source>
        <translation>每张风格化画面中都有一种淡到看不见的图案。它表明画面由哪个程序制作，并能经受大多数处理。它不含任何个人或电脑的信息。</translation>
    </message>
    <message>
        <source>Recordings and snapshots are also signed with Content Credentials.</source>
        <translation>录制内容和快照还会使用内容凭证（Content Credentials）签名。</translation>
    </message>
    <message>
        <source>The law may require you to disclose that a picture is made by AI: in the European Union, Article 50 of the AI Act. Without the mark, disclosing it is up to you.</source>
        <translation>法律可能要求您说明画面由 AI 生成：在欧盟为《人工智能法案》第 50 条。若无此标记，则需由您自行说明。</translation>
    </message>
    <message>
        <source>Turn it off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>WebcamDialog</name>
    <message>
        <source>System webcam</source>
        <translation>系统摄像头</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Ready for other programs</source>
        <translation>可供其他程序使用</translation>
    </message>
    <message>
        <source>Not available</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Restarting</source>
        <translation>正在重新启动</translation>
    </message>
    <message>
        <source>Select “{0}” as your camera:</source>
        <translation>请选择“{0}”作为您的摄像头：</translation>
    </message>
    <message>
        <source>Another program is using “{0}”.</source>
        <translation>另一个程序正在使用“{0}”。</translation>
    </message>
</context>
<context>
    <name>WebcamRow</name>
    <message>
        <source>Size of the webcam picture</source>
        <translation>摄像头画面尺寸</translation>
    </message>
    <message>
        <source>Frame rate of the webcam picture</source>
        <translation>摄像头画面的帧率</translation>
    </message>
    <message>
        <source>What other programs receive. A program that is using the camera keeps the former format until it reopens the camera. Does not affect the delay.</source>
        <translation>其他程序接收的内容。正在使用摄像头的程序会保持原有格式，直到重新打开摄像头。不影响延迟。</translation>
    </message>
    <message>
        <source>{0} frames/s</source>
        <translation>{0} 帧/秒</translation>
    </message>
</context>
<context>
    <name>WindowMenu</name>
    <message>
        <source>No other window is open</source>
        <translation>没有打开其他窗口</translation>
    </message>
    <message>
        <source>On Wayland, only windows of X11 programs can be captured</source>
        <translation>在 Wayland 下只能采集 X11 程序的窗口</translation>
    </message>
</context>
<context>
    <name>_Devices</name>
    <message>
        <source>Paired devices</source>
        <translation>已配对设备</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>{0}, paired {1}</source>
        <translation>{0}，配对于 {1}</translation>
    </message>
</context>
<context>
    <name>_FailedCheck</name>
    <message>
        <source>Copy the instructions</source>
        <translation>复制操作说明</translation>
    </message>
</context>
<context>
    <name>_NetworkQuestion</name>
    <message>
        <source>Every device in your network will be able to reach this program and open its page. Only devices that you pair can see or control anything, and what they send is encrypted. Do this only in a network that you trust, not in a café.</source>
        <translation>局域网中的每台设备都能访问此程序并打开其页面。只有您配对的设备才能查看或控制，且其发送的内容已加密。请仅在您信任的网络中开启，不要在咖啡馆等场所使用。</translation>
    </message>
    <message>
        <source>Answer in the local network</source>
        <translation>在局域网内响应</translation>
    </message>
    <message>
        <source>Only on this computer</source>
        <translation>仅限本机</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Go live or stop</source>
        <translation>开始或停止直播</translation>
    </message>
    <message>
        <source>Save a snapshot</source>
        <translation>保存快照</translation>
    </message>
    <message>
        <source>Compare with the camera picture</source>
        <translation>与摄像头画面对比</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Panic or release</source>
        <translation>紧急遮挡或解除</translation>
    </message>
    <message>
        <source>Start or stop recording</source>
        <translation>开始或停止录制</translation>
    </message>
    <message>
        <source>Show or hide the side panel</source>
        <translation>显示或隐藏侧边栏</translation>
    </message>
    <message>
        <source>Search the styles</source>
        <translation>搜索风格</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>catalogue</name>
    <message>
        <source>Built-in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Live2Diff (Stable Diffusion 1.5)</source>
        <translation>Live2Diff(Stable Diffusion 1.5)</translation>
    </message>
    <message>
        <source>Small and fast: runs on an ordinary laptop without a graphics card, with the styles it was trained for.</source>
        <translation>小巧快速：可在没有显卡的普通笔记本电脑上运行，提供其训练过的风格。</translation>
    </message>
    <message>
        <source>The published networks, for a computer with a strong graphics card: any style you can put into words, and styles of your own.</source>
        <translation>已发布的网络，适用于配备高性能显卡的计算机：任何可用文字描述的风格，以及您自己的风格。</translation>
    </message>
    <message>
        <source>Comic</source>
        <translation>漫画</translation>
    </message>
    <message>
        <source>Bold outlines and flat, printed colours.</source>
        <translation>粗轮廓与平涂的印刷色。</translation>
    </message>
    <message>
        <source>Anime</source>
        <translation>动漫</translation>
    </message>
    <message>
        <source>Oil</source>
        <translation>油画</translation>
    </message>
    <message>
        <source>Thick strokes of paint that follow the forms.</source>
        <translation>顺着形体的厚重笔触。</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>水墨</translation>
    </message>
    <message>
        <source>Black ink and grey wash on paper.</source>
        <translation>纸上的黑墨与灰色晕染。</translation>
    </message>
    <message>
        <source>Watercolour</source>
        <translation>水彩</translation>
    </message>
    <message>
        <source>Soft washes of colour with gentle edges on paper.</source>
        <translation>纸上边缘柔和的淡彩。</translation>
    </message>
    <message>
        <source>Pencil</source>
        <translation>铅笔</translation>
    </message>
    <message>
        <source>Graphite lines and shading.</source>
        <translation>石墨线条与明暗。</translation>
    </message>
    <message>
        <source>You as an anime character: large eyes in your own colour, clean lines, flat tones.</source>
        <translation>把您变成动漫角色：保留您眼睛颜色的大眼睛、干净的线条、平涂的色调。</translation>
    </message>
    <message>
        <source>Manga</source>
        <translation>漫画</translation>
    </message>
    <message>
        <source>You in a black-and-white manga: black lines, white paper, flat greys.</source>
        <translation>把你画进黑白漫画：黑色线条、白纸、平涂的灰调。</translation>
    </message>
    <message>
        <source>Storybook</source>
        <translation>绘本</translation>
    </message>
    <message>
        <source>You in an illustrated book: soft washes of paint and gentle lines.</source>
        <translation>把你画进绘本：柔和的水彩色块与轻盈的线条。</translation>
    </message>
    <message>
        <source>Hero</source>
        <translation>英雄</translation>
    </message>
    <message>
        <source>You as the hero of a printed comic: heavy black lines, strong colours, a broad jaw.</source>
        <translation>把你画成印刷漫画里的英雄：粗黑线条、强烈色彩、宽阔的下颌。</translation>
    </message>
    <message>
        <source>Your words</source>
        <translation>您的文字</translation>
    </message>
    <message>
        <source>The base model alone: the style is what you describe.</source>
        <translation>仅使用基础模型：风格由您描述。</translation>
    </message>
    <message>
        <source>3D cartoon</source>
        <translation>3D 卡通</translation>
    </message>
    <message>
        <source>Rounded shapes and soft light, as in an animated feature film.</source>
        <translation>圆润的造型与柔和的光线，如动画长片。</translation>
    </message>
    <message>
        <source>Felted</source>
        <translation>毛毡</translation>
    </message>
    <message>
        <source>Everything made of felt and wool.</source>
        <translation>一切由毛毡和羊毛制成。</translation>
    </message>
    <message>
        <source>Ink (MoXin)</source>
        <translation>水墨(墨心)</translation>
    </message>
    <message>
        <source>Chinese ink painting with empty space.</source>
        <translation>留白的中国水墨画。</translation>
    </message>
    <message>
        <source>Origami</source>
        <translation>折纸</translation>
    </message>
    <message>
        <source>Folded paper.</source>
        <translation>折纸。</translation>
    </message>
    <message>
        <source>Pixel art</source>
        <translation>像素画</translation>
    </message>
    <message>
        <source>Large square pixels and few colours.</source>
        <translation>大方块像素与少量颜色。</translation>
    </message>
    <message>
        <source>ToonYou</source>
        <translation>ToonYou</translation>
    </message>
    <message>
        <source>Bright drawn cartoon.</source>
        <translation>明亮的手绘卡通。</translation>
    </message>
</context>
<context>
    <name>control</name>
    <message>
        <source>Panic</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>Panic or release</source>
        <translation>紧急遮挡或解除</translation>
    </message>
    <message>
        <source>Go live</source>
        <translation>开始直播</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Go live or stop</source>
        <translation>开始或停止直播</translation>
    </message>
    <message>
        <source>Next style</source>
        <translation>下一种风格</translation>
    </message>
    <message>
        <source>Previous style</source>
        <translation>上一种风格</translation>
    </message>
    <message>
        <source>Next cue</source>
        <translation>下一个场景</translation>
    </message>
    <message>
        <source>Previous cue</source>
        <translation>上一个场景</translation>
    </message>
    <message>
        <source>Save a snapshot</source>
        <translation>保存快照</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>停止录制</translation>
    </message>
    <message>
        <source>Start or stop recording</source>
        <translation>开始或停止录制</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Noise consistency</source>
        <translation>噪声一致性</translation>
    </message>
    <message>
        <source>Flicker reduction</source>
        <translation>防闪烁</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Weight of the blend</source>
        <translation>混合比例</translation>
    </message>
    <message>
        <source>Style: {0}</source>
        <translation>风格：{0}</translation>
    </message>
    <message>
        <source>Cue {0}: {1}</source>
        <translation>场景 {0}：{1}</translation>
    </message>
    <message>
        <source>Note {0}, channel {1}</source>
        <translation>音符 {0}，通道 {1}</translation>
    </message>
    <message>
        <source>Controller {0}, channel {1}</source>
        <translation>控制器 {0}，通道 {1}</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>A camera picture cannot be {size}.</source>
        <translation>摄像头画面不能是 {size}。</translation>
    </message>
    <message>
        <source>A cluster needs Ray Serve, which is not installed.</source>
        <translation>集群需要 Ray Serve，但尚未安装。</translation>
    </message>
    <message>
        <source>A picture cannot be rotated by {angle} degrees.</source>
        <translation>画面不能旋转 {angle} 度。</translation>
    </message>
    <message>
        <source>Add yourself to the group `video` and log in again.</source>
        <translation>请将自己加入 `video` 组，然后重新登录。</translation>
    </message>
    <message>
        <source>Add yourself to the group: sudo usermod -aG video $USER, then log in again.</source>
        <translation>请将自己加入该组：sudo usermod -aG video $USER，然后重新登录。</translation>
    </message>
    <message>
        <source>Camera device</source>
        <translation>摄像头设备</translation>
    </message>
    <message>
        <source>Camera driver</source>
        <translation>摄像头驱动</translation>
    </message>
    <message>
        <source>Camera library</source>
        <translation>摄像头库</translation>
    </message>
    <message>
        <source>Camera {index} is {own} itself, which would film its own pictures.</source>
        <translation>摄像头 {index} 就是 {own} 本身，会拍到自己的画面。</translation>
    </message>
    <message>
        <source>Check it, or choose another folder for the models.</source>
        <translation>请检查该文件夹，或为模型选择其他文件夹。</translation>
    </message>
    <message>
        <source>Check that it is still on.</source>
        <translation>请检查它是否仍然开启。</translation>
    </message>
    <message>
        <source>Check the installation: python main.py doctor</source>
        <translation>请检查安装：python main.py doctor</translation>
    </message>
    <message>
        <source>Check the path, or fetch it again.</source>
        <translation>请检查路径，或重新下载。</translation>
    </message>
    <message>
        <source>Check the path, or use `demo` as input.</source>
        <translation>请检查路径，或使用 `demo` 作为输入。</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>请检查路径。</translation>
    </message>
    <message>
        <source>Check the permissions of the settings folder.</source>
        <translation>请检查设置文件夹的权限。</translation>
    </message>
    <message>
        <source>Checkpoints, LoRAs and embeddings for Stable Diffusion 1.5 can be used.</source>
        <translation>可以使用 Stable Diffusion 1.5 的检查点、LoRA 和嵌入。</translation>
    </message>
    <message>
        <source>Choose 0, 90, 180 or 270.</source>
        <translation>请选择 0、90、180 或 270。</translation>
    </message>
    <message>
        <source>Choose a LoRA made for Stable Diffusion 1.5.</source>
        <translation>请选择用于 Stable Diffusion 1.5 的 LoRA。</translation>
    </message>
    <message>
        <source>Choose a folder of your own.</source>
        <translation>请选择您自己的文件夹。</translation>
    </message>
    <message>
        <source>Choose a picture such as a JPEG or PNG file.</source>
        <translation>请选择 JPEG 或 PNG 等图片文件。</translation>
    </message>
    <message>
        <source>Choose a smaller size, fewer steps, or the built-in model.</source>
        <translation>请选择更小的尺寸、更少的步数，或内置模型。</translation>
    </message>
    <message>
        <source>Choose a smaller size, or fewer steps.</source>
        <translation>请选择更小的尺寸或更少的步数。</translation>
    </message>
    <message>
        <source>Choose a still of the styled stream.</source>
        <translation>请选择风格化直播的静帧。</translation>
    </message>
    <message>
        <source>Choose an embedding made for Stable Diffusion 1.5.</source>
        <translation>请选择用于 Stable Diffusion 1.5 的嵌入。</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>请选择另一个文件。</translation>
    </message>
    <message>
        <source>Choose another folder or name.</source>
        <translation>请选择其他文件夹或名称。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Choose another mirror.</source>
        <translation>请选择其他镜像。</translation>
    </message>
    <message>
        <source>Choose another name, or allow writing to it.</source>
        <translation>请换一个名称，或允许写入该文件。</translation>
    </message>
    <message>
        <source>Choose another one in the settings.</source>
        <translation>请在设置中另选一个。</translation>
    </message>
    <message>
        <source>Choose another one with --name.</source>
        <translation>请用 --name 选择其他名称。</translation>
    </message>
    <message>
        <source>Choose another one, or free it in that program or in the desktop&apos;s settings.</source>
        <translation>请选择其他按键，或在该程序或桌面设置中释放它。</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>请选择其他按键。</translation>
    </message>
    <message>
        <source>Choose another port in the menu under Remote control.</source>
        <translation>请在菜单的“远程控制”中选择其他端口。</translation>
    </message>
    <message>
        <source>Choose another port.</source>
        <translation>请选择其他端口。</translation>
    </message>
    <message>
        <source>Choose another video file.</source>
        <translation>请选择其他视频文件。</translation>
    </message>
    <message>
        <source>Choose even sides, such as 1280x720.</source>
        <translation>请选择偶数边长，例如 1280x720。</translation>
    </message>
    <message>
        <source>Choose it again.</source>
        <translation>请重新选择它。</translation>
    </message>
    <message>
        <source>Choose one by its number: {cameras}.</source>
        <translation>请按编号选择：{cameras}。</translation>
    </message>
    <message>
        <source>Choose one by its number: {windows}.</source>
        <translation>请按编号选择：{windows}。</translation>
    </message>
    <message>
        <source>Choose one from -{largest} to {largest}.</source>
        <translation>请选择 -{largest} 到 {largest} 之间的值。</translation>
    </message>
    <message>
        <source>Choose one from 1 to {count}, such as screen:1.</source>
        <translation>请从 1 到 {count} 中选择，例如 screen:1。</translation>
    </message>
    <message>
        <source>Choose one of: {accelerators}.</source>
        <translation>可选择：{accelerators}。</translation>
    </message>
    <message>
        <source>Choose one of: {devices}.</source>
        <translation>可选择：{devices}。</translation>
    </message>
    <message>
        <source>Choose one of: {styles}.</source>
        <translation>可选择：{styles}。</translation>
    </message>
    <message>
        <source>Choose one with --name.</source>
        <translation>请用 --name 指定一个。</translation>
    </message>
    <message>
        <source>Choose one, or a colour.</source>
        <translation>请选择一张图片或一种颜色。</translation>
    </message>
    <message>
        <source>Close every program that uses the camera; it comes back by itself.</source>
        <translation>请关闭所有使用该摄像头的程序；它会自动恢复。</translation>
    </message>
    <message>
        <source>Close other programs, or choose this setting from the start.</source>
        <translation>请关闭其他程序，或从一开始就选择此设置。</translation>
    </message>
    <message>
        <source>Close other programs; the camera comes back by itself.</source>
        <translation>请关闭其他程序；摄像头会自动恢复。</translation>
    </message>
    <message>
        <source>Close the other program, or unplug the camera and plug it in again.</source>
        <translation>请关闭另一个程序，或拔下摄像头再插上。</translation>
    </message>
    <message>
        <source>Close the other program, or: {reload}</source>
        <translation>请关闭另一个程序，或：{reload}</translation>
    </message>
    <message>
        <source>Close the other window, then try again.</source>
        <translation>请关闭另一个窗口，然后重试。</translation>
    </message>
    <message>
        <source>Commands come too fast.</source>
        <translation>命令发送过快。</translation>
    </message>
    <message>
        <source>Compare it with the example in docs/engine_server.md.</source>
        <translation>请与 docs/engine_server.md 中的示例对照。</translation>
    </message>
    <message>
        <source>Connect it to one, then switch this on again.</source>
        <translation>请接入局域网，然后重新开启。</translation>
    </message>
    <message>
        <source>Connect it, then switch MIDI off and on again.</source>
        <translation>请连接该设备，然后关闭并重新开启 MIDI。</translation>
    </message>
    <message>
        <source>Copy it from OBS: Tools, WebSocket Server Settings, Show Connect Info.</source>
        <translation>请从 OBS 复制：工具、WebSocket 服务器设置、显示连接信息。</translation>
    </message>
    <message>
        <source>Create it, or choose another one.</source>
        <translation>请创建它，或另选一个。</translation>
    </message>
    <message>
        <source>Damaged parts of the sound of {file} are silent.</source>
        <translation>{file} 中声音损坏的部分为静音。</translation>
    </message>
    <message>
        <source>Device node</source>
        <translation>设备节点</translation>
    </message>
    <message>
        <source>Device options</source>
        <translation>设备选项</translation>
    </message>
    <message>
        <source>Device use</source>
        <translation>设备占用</translation>
    </message>
    <message>
        <source>Do not install anything that it offers; try again later from another network.</source>
        <translation>请勿安装其中提供的任何内容；请稍后换一个网络重试。</translation>
    </message>
    <message>
        <source>Do not use it; look for a .safetensors version from its author.</source>
        <translation>请不要使用它；请寻找作者提供的 .safetensors 版本。</translation>
    </message>
    <message>
        <source>Driver build</source>
        <translation>驱动编译</translation>
    </message>
    <message>
        <source>End the name in {endings}.</source>
        <translation>文件名请以 {endings} 结尾。</translation>
    </message>
    <message>
        <source>Enter one of four numbers, such as 192.168.1.20.</source>
        <translation>请输入由四个数字组成的地址，例如 192.168.1.20。</translation>
    </message>
    <message>
        <source>Fetch it again, or look for a .safetensors version of it.</source>
        <translation>请重新下载，或寻找其 .safetensors 版本。</translation>
    </message>
    <message>
        <source>Fetch it again.</source>
        <translation>请重新下载。</translation>
    </message>
    <message>
        <source>Fetch the base model again.</source>
        <translation>请重新下载基础模型。</translation>
    </message>
    <message>
        <source>Fetch the file again from where it came.</source>
        <translation>请从原处重新下载该文件。</translation>
    </message>
    <message>
        <source>Fetch the file again.</source>
        <translation>请重新下载该文件。</translation>
    </message>
    <message>
        <source>Fetch the published live2diff.ckpt.</source>
        <translation>请下载公开发布的 live2diff.ckpt。</translation>
    </message>
    <message>
        <source>Free memory or disk space; the camera then comes back by itself.</source>
        <translation>请释放内存或磁盘空间；之后摄像头会自动恢复。</translation>
    </message>
    <message>
        <source>Free memory; it then comes back by itself.</source>
        <translation>请释放内存，之后会自动恢复。</translation>
    </message>
    <message>
        <source>Free some space on the disk.</source>
        <translation>请释放一些磁盘空间。</translation>
    </message>
    <message>
        <source>Free some space, and check that you may write to {folder}.</source>
        <translation>请释放一些空间，并检查您是否可以写入 {folder}。</translation>
    </message>
    <message>
        <source>Free some space, or choose a folder on another disk.</source>
        <translation>请释放一些空间，或选择另一磁盘上的文件夹。</translation>
    </message>
    <message>
        <source>Free some space, or choose another folder.</source>
        <translation>请释放一些空间，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>Free some space, or remove what is in the way; the camera then comes back by itself.</source>
        <translation>请腾出空间，或移除占用该位置的内容；之后摄像头会自动恢复。</translation>
    </message>
    <message>
        <source>Free some space, then switch it off and on again.</source>
        <translation>请腾出一些空间，然后关闭并重新开启。</translation>
    </message>
    <message>
        <source>Free some space. What was made so far can be played: {kept}</source>
        <translation>请释放一些空间。已完成的部分可以播放：{kept}</translation>
    </message>
    <message>
        <source>Get the file again if you need the rest.</source>
        <translation>如果需要其余部分，请重新获取该文件。</translation>
    </message>
    <message>
        <source>Give 64 hexadecimal digits of SHA-256, or nothing.</source>
        <translation>请填写 SHA-256 的 64 位十六进制数字，或留空。</translation>
    </message>
    <message>
        <source>Give a PEM file of root certificates.</source>
        <translation>请指定包含根证书的 PEM 文件。</translation>
    </message>
    <message>
        <source>Give a name, such as film.mp4.</source>
        <translation>请给出文件名，例如 film.mp4。</translation>
    </message>
    <message>
        <source>Give the component another name in the style&apos;s file.</source>
        <translation>请在风格文件中为该组件另取名称。</translation>
    </message>
    <message>
        <source>Give the key in its own field.</source>
        <translation>请在密钥栏中单独填写密钥。</translation>
    </message>
    <message>
        <source>Give the name of a file, or use virtual-camera as output.</source>
        <translation>请给出文件名，或使用 virtual-camera 作为输出。</translation>
    </message>
    <message>
        <source>Give the name of a file.</source>
        <translation>请给出文件名。</translation>
    </message>
    <message>
        <source>Give the number of bytes, or nothing.</source>
        <translation>请填写字节数，或留空。</translation>
    </message>
    <message>
        <source>Go live first.</source>
        <translation>请先开始直播。</translation>
    </message>
    <message>
        <source>Import a checkpoint, a LoRA or an embedding for Stable Diffusion 1.5.</source>
        <translation>请导入用于 Stable Diffusion 1.5 的检查点、LoRA 或嵌入。</translation>
    </message>
    <message>
        <source>Install OBS Studio 30 or newer and start its virtual camera once.</source>
        <translation>请安装 OBS Studio 30 或更新版本，并启动一次其虚拟摄像头。</translation>
    </message>
    <message>
        <source>Install Python 3.11 or newer.</source>
        <translation>请安装 Python 3.11 或更新版本。</translation>
    </message>
    <message>
        <source>Install it with: pip install &quot;ray[serve]&quot;</source>
        <translation>请用以下命令安装：pip install &quot;ray[serve]&quot;</translation>
    </message>
    <message>
        <source>Install it with: pip install python-rtmidi</source>
        <translation>安装命令：pip install python-rtmidi</translation>
    </message>
    <message>
        <source>Install it, for example: sudo apt install libpipewire-0.3-0</source>
        <translation>请安装它，例如：sudo apt install libpipewire-0.3-0</translation>
    </message>
    <message>
        <source>Install it: python -m pip install pyvirtualcam</source>
        <translation>请安装：python -m pip install pyvirtualcam</translation>
    </message>
    <message>
        <source>Install it: python -m pip install simpleobsws</source>
        <translation>请安装：python -m pip install simpleobsws</translation>
    </message>
    <message>
        <source>It comes back by itself when PipeWire does.</source>
        <translation>PipeWire 恢复后会自动恢复。</translation>
    </message>
    <message>
        <source>It goes on by itself.</source>
        <translation>会自动继续。</translation>
    </message>
    <message>
        <source>It must hold a private key without a password and its certificates, as PEM. Without the file, another one will be made.</source>
        <translation>该文件必须以 PEM 格式包含一个无密码的私钥及其证书。若没有该文件，程序会创建新的。</translation>
    </message>
    <message>
        <source>Keys for every program are available on Linux only.</source>
        <translation>全局快捷键仅在 Linux 上可用。</translation>
    </message>
    <message>
        <source>Keys for every program need X11&apos;s own library, which is not installed.</source>
        <translation>全局快捷键需要 X11 库，但尚未安装。</translation>
    </message>
    <message>
        <source>Leave the precision at auto, or choose bfloat16 or float32.</source>
        <translation>请将精度保留为 auto，或选择 bfloat16 或 float32。</translation>
    </message>
    <message>
        <source>Let UDP pass between the two computers, in both firewalls.</source>
        <translation>请在两台电脑的防火墙中允许彼此之间的 UDP 通信。</translation>
    </message>
    <message>
        <source>List each file once.</source>
        <translation>每个文件只能列出一次。</translation>
    </message>
    <message>
        <source>Log in to a desktop session.</source>
        <translation>请登录桌面会话。</translation>
    </message>
    <message>
        <source>Look at its own messages.</source>
        <translation>请查看 OBS 自身的消息。</translation>
    </message>
    <message>
        <source>Look at the place where you got it.</source>
        <translation>请到您获取它的地方查看。</translation>
    </message>
    <message>
        <source>Look at the program&apos;s page yourself.</source>
        <translation>请自行查看程序主页。</translation>
    </message>
    <message>
        <source>Look at the program&apos;s page yourself: {page}</source>
        <translation>请自行查看本程序的页面：{page}</translation>
    </message>
    <message>
        <source>MIDI is not available: {reason}.</source>
        <translation>MIDI 不可用：{reason}。</translation>
    </message>
    <message>
        <source>MIDI needs the package python-rtmidi, which is not installed.</source>
        <translation>MIDI 需要 python-rtmidi 软件包，但尚未安装。</translation>
    </message>
    <message>
        <source>Make {path} readable to you, or remove it: another one will be made.</source>
        <translation>请让您可以读取 {path}，或将其删除：程序会创建新的。</translation>
    </message>
    <message>
        <source>NDI needs its own runtime, which is not installed.</source>
        <translation>NDI 需要其自己的运行库，但尚未安装。</translation>
    </message>
    <message>
        <source>NDI&apos;s runtime does not work on this computer.</source>
        <translation>NDI 的运行库无法在此电脑上运行。</translation>
    </message>
    <message>
        <source>Name one that is not the first.</source>
        <translation>请指定一种不同于第一种的风格。</translation>
    </message>
    <message>
        <source>No administrator has agreed, and nothing was changed.</source>
        <translation>没有管理员同意，未作任何更改。</translation>
    </message>
    <message>
        <source>No engine answers at {address}.</source>
        <translation>{address} 处没有引擎应答。</translation>
    </message>
    <message>
        <source>No file to write is named.</source>
        <translation>没有指定要写入的文件。</translation>
    </message>
    <message>
        <source>No window can be controlled.</source>
        <translation>没有可控制的窗口。</translation>
    </message>
    <message>
        <source>OBS cannot do that ({request}): {reason}.</source>
        <translation>OBS 无法执行此操作（{request}）：{reason}。</translation>
    </message>
    <message>
        <source>OBS does not accept the password.</source>
        <translation>OBS 不接受该密码。</translation>
    </message>
    <message>
        <source>OBS does not find the camera.</source>
        <translation>OBS 找不到摄像头。</translation>
    </message>
    <message>
        <source>OBS needs a library that is not installed.</source>
        <translation>连接 OBS 所需的库未安装。</translation>
    </message>
    <message>
        <source>OSC cannot be received at the port {port}: {reason}.</source>
        <translation>无法在端口 {port} 接收 OSC：{reason}。</translation>
    </message>
    <message>
        <source>Open the window, and switch on the control interface in its menu under Remote control.</source>
        <translation>请打开窗口，并在其菜单的“远程控制”中开启控制接口。</translation>
    </message>
    <message>
        <source>Pair with the code that it shows; on the command line: --code CODE.</source>
        <translation>请用它显示的配对码进行配对；在命令行中：--code CODE。</translation>
    </message>
    <message>
        <source>Pictures are sent to another computer only over HTTPS.</source>
        <translation>只会通过 HTTPS 把画面发送到另一台电脑。</translation>
    </message>
    <message>
        <source>Pictures cannot be exchanged with {address}.</source>
        <translation>无法与 {address} 交换画面。</translation>
    </message>
    <message>
        <source>PipeWire camera</source>
        <translation>PipeWire 摄像头</translation>
    </message>
    <message>
        <source>PipeWire has ended, and the delayed microphone with it.</source>
        <translation>PipeWire 已退出，延迟麦克风也随之停止。</translation>
    </message>
    <message>
        <source>PipeWire has ended.</source>
        <translation>PipeWire 已退出。</translation>
    </message>
    <message>
        <source>PipeWire is not running</source>
        <translation>PipeWire 未运行</translation>
    </message>
    <message>
        <source>PipeWire is not running for this user.</source>
        <translation>PipeWire 未在当前用户下运行。</translation>
    </message>
    <message>
        <source>PipeWire refuses the stream: {reason}.</source>
        <translation>PipeWire 拒绝该数据流：{reason}。</translation>
    </message>
    <message>
        <source>Programs on this computer cannot be told of the remote control: {reason}.</source>
        <translation>无法让本机程序得知远程控制：{reason}。</translation>
    </message>
    <message>
        <source>Put a new one, with its key, into {path}. Without the file, another one will be made.</source>
        <translation>请将新证书及其私钥放入 {path}。若没有此文件，将会另行生成一个。</translation>
    </message>
    <message>
        <source>Ray&apos;s logs, by default in /tmp/ray, say more.</source>
        <translation>详情请见 Ray 的日志，默认位于 /tmp/ray。</translation>
    </message>
    <message>
        <source>Record it again.</source>
        <translation>请重新录制。</translation>
    </message>
    <message>
        <source>Release it once more if it was not meant.</source>
        <translation>如果是误触，请再次解除。</translation>
    </message>
    <message>
        <source>Remove one that is no longer used.</source>
        <translation>请移除一台不再使用的设备。</translation>
    </message>
    <message>
        <source>Remove some, or use several files.</source>
        <translation>请移除一些，或使用多个文件。</translation>
    </message>
    <message>
        <source>Restart it: systemctl --user restart pipewire wireplumber</source>
        <translation>请重新启动：systemctl --user restart pipewire wireplumber</translation>
    </message>
    <message>
        <source>Restart the program and try again.</source>
        <translation>请重新启动程序后再试。</translation>
    </message>
    <message>
        <source>Run this in a terminal to see more: {command}</source>
        <translation>请在终端中运行以下命令查看详情：{command}</translation>
    </message>
    <message>
        <source>Run this in a terminal: {command}</source>
        <translation>请在终端中运行：{command}</translation>
    </message>
    <message>
        <source>Save one under this name.</source>
        <translation>请用此名称保存一个预设。</translation>
    </message>
    <message>
        <source>Scale it down to {largest}x{largest} or less with another program.</source>
        <translation>请用其他程序将其缩小到 {largest}x{largest} 以内。</translation>
    </message>
    <message>
        <source>See what is wrong: python main.py doctor</source>
        <translation>查看问题所在：python main.py doctor</translation>
    </message>
    <message>
        <source>Send fewer of them; a panic is obeyed all the same.</source>
        <translation>请减少发送；紧急命令仍会立即执行。</translation>
    </message>
    <message>
        <source>Set up one, such as GNOME Keyring or KWallet.</source>
        <translation>请设置一个，例如 GNOME Keyring 或 KWallet。</translation>
    </message>
    <message>
        <source>Something unforeseen happened: {kind}: {reason}.</source>
        <translation>发生了意外情况：{kind}：{reason}。</translation>
    </message>
    <message>
        <source>Start PipeWire: systemctl --user start pipewire wireplumber. Or set up the driver: installer/linux/virtual_camera.sh install</source>
        <translation>请启动 PipeWire：systemctl --user start pipewire wireplumber。或安装驱动：installer/linux/virtual_camera.sh install</translation>
    </message>
    <message>
        <source>Start again. If it happens again, copy a report from the log and send it to the authors.</source>
        <translation>请重新开始。如果再次发生，请从日志中复制报告并发送给作者。</translation>
    </message>
    <message>
        <source>Start it: systemctl --user start pipewire wireplumber</source>
        <translation>请启动：systemctl --user start pipewire wireplumber</translation>
    </message>
    <message>
        <source>Start the camera here first, then add it again.</source>
        <translation>请先在此处启动摄像头，然后重新添加。</translation>
    </message>
    <message>
        <source>Start the program from a copy of its repository, where .venv/bin/python -m pip install python-rtmidi adds it.</source>
        <translation>请从本程序代码仓库的副本启动，在那里用 .venv/bin/python -m pip install python-rtmidi 添加它。</translation>
    </message>
    <message>
        <source>Style everything, or compute on this computer.</source>
        <translation>请对全部内容风格化，或在本机计算。</translation>
    </message>
    <message>
        <source>The MIDI device {name} is not there.</source>
        <translation>找不到 MIDI 设备 {name}。</translation>
    </message>
    <message>
        <source>The address or the key of the broadcast holds a space or a password.</source>
        <translation>推流地址或密钥中含有空格或密码。</translation>
    </message>
    <message>
        <source>The broadcast is interrupted: {reason}.</source>
        <translation>推流中断：{reason}。</translation>
    </message>
    <message>
        <source>The camera comes back by itself when PipeWire does.</source>
        <translation>PipeWire 恢复后，摄像头会自动恢复。</translation>
    </message>
    <message>
        <source>The camera device cannot be opened: {reason}</source>
        <translation>无法打开摄像头设备：{reason}</translation>
    </message>
    <message>
        <source>The camera driver: {reason}.</source>
        <translation>摄像头驱动：{reason}。</translation>
    </message>
    <message>
        <source>The certificate for the local network cannot be made: {reason}.</source>
        <translation>无法创建局域网证书：{reason}。</translation>
    </message>
    <message>
        <source>The cluster cannot be started: {reason}.</source>
        <translation>无法启动集群：{reason}。</translation>
    </message>
    <message>
        <source>The command cannot be understood: {reason}.</source>
        <translation>无法理解该命令：{reason}。</translation>
    </message>
    <message>
        <source>The component {name} lists no files, or one twice.</source>
        <translation>组件 {name} 未列出文件，或重复列出了文件。</translation>
    </message>
    <message>
        <source>The control interface cannot be reached at the port {port}: {reason}.</source>
        <translation>无法在端口 {port} 提供控制接口：{reason}。</translation>
    </message>
    <message>
        <source>The cues could not be saved: {reason}.</source>
        <translation>无法保存场景：{reason}。</translation>
    </message>
    <message>
        <source>The delayed microphone cannot be started: {reason}.</source>
        <translation>无法启动延迟麦克风：{reason}。</translation>
    </message>
    <message>
        <source>The depth model in {folder} lacks {tensor}.</source>
        <translation>{folder} 中的深度模型缺少 {tensor}。</translation>
    </message>
    <message>
        <source>The desktop has not given the keys.</source>
        <translation>桌面未授予这些快捷键。</translation>
    </message>
    <message>
        <source>The download was sent on to {host} without encryption.</source>
        <translation>下载被转到未加密的 {host}。</translation>
    </message>
    <message>
        <source>The engine at {address} does not accept this code.</source>
        <translation>{address} 处的引擎不接受此配对码。</translation>
    </message>
    <message>
        <source>The engine at {address} has ended the stream: {reason}</source>
        <translation>{address} 处的引擎结束了视频流：{reason}</translation>
    </message>
    <message>
        <source>The engine at {address} has no place for another stream.</source>
        <translation>{address} 处的引擎没有空位接收更多视频流。</translation>
    </message>
    <message>
        <source>The engine at {address} has stopped answering.</source>
        <translation>{address} 处的引擎已停止应答。</translation>
    </message>
    <message>
        <source>The engine at {address} is not paired with this computer.</source>
        <translation>{address} 处的引擎尚未与本机配对。</translation>
    </message>
    <message>
        <source>The engine at {address} is not the one that was paired: its certificate is another.</source>
        <translation>{address} 处的引擎不是已配对的那一个：它的证书不同。</translation>
    </message>
    <message>
        <source>The engine at {address} refuses: {reason}</source>
        <translation>{address} 处的引擎拒绝：{reason}</translation>
    </message>
    <message>
        <source>The engine at {address} sends no pictures any more.</source>
        <translation>{address} 处的引擎不再发送画面。</translation>
    </message>
    <message>
        <source>The film is not complete, and was not signed.</source>
        <translation>影片不完整，未签名。</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be read: {reason}.</source>
        <translation>无法读取文件夹 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The frame rate</source>
        <translation>帧率</translation>
    </message>
    <message>
        <source>The key would be sent without encryption.</source>
        <translation>密钥将以未加密的方式发送。</translation>
    </message>
    <message>
        <source>The library of PipeWire is not installed.</source>
        <translation>未安装 PipeWire 库。</translation>
    </message>
    <message>
        <source>The library pyvirtualcam is not installed.</source>
        <translation>未安装 pyvirtualcam 库。</translation>
    </message>
    <message>
        <source>The list of new versions cannot be believed: {reason}.</source>
        <translation>新版本列表不可信：{reason}。</translation>
    </message>
    <message>
        <source>The list of new versions could not be had: {reason}.</source>
        <translation>无法获取新版本列表：{reason}。</translation>
    </message>
    <message>
        <source>The list of new versions is not the makers&apos; own: {reason}.</source>
        <translation>新版本列表并非来自开发者：{reason}。</translation>
    </message>
    <message>
        <source>The list of new versions was good until {day} and has not been renewed: nobody makes new versions any more, or newer lists are kept from this computer.</source>
        <translation>新版本列表的有效期至 {day}，之后没有更新：要么不再有新版本，要么有人不让这台电脑收到更新的列表。</translation>
    </message>
    <message>
        <source>The list of paired devices cannot be written: {reason}.</source>
        <translation>无法写入已配对设备列表：{reason}。</translation>
    </message>
    <message>
        <source>The name {file} is too long.</source>
        <translation>名称 {file} 太长。</translation>
    </message>
    <message>
        <source>The network that finds people cannot be loaded: {reason}.</source>
        <translation>无法加载识别人物的网络：{reason}。</translation>
    </message>
    <message>
        <source>The number of streams</source>
        <translation>流的数量</translation>
    </message>
    <message>
        <source>The other computer: {reason}.</source>
        <translation>另一台电脑：{reason}。</translation>
    </message>
    <message>
        <source>The output cannot be {size}: video formats need even sides.</source>
        <translation>输出不能为 {size}：视频格式要求边长为偶数。</translation>
    </message>
    <message>
        <source>The output&apos;s height</source>
        <translation>输出的高度</translation>
    </message>
    <message>
        <source>The output&apos;s width</source>
        <translation>输出的宽度</translation>
    </message>
    <message>
        <source>The picture is now closer to your camera&apos;s; raise the strength if you do not want that.</source>
        <translation>画面现在更接近摄像头画面；如不希望如此，请提高强度。</translation>
    </message>
    <message>
        <source>The picture {name!r} cannot be read: {reason}.</source>
        <translation>无法读取图片 {name!r}：{reason}。</translation>
    </message>
    <message>
        <source>The pictures are complete.</source>
        <translation>画面是完整的。</translation>
    </message>
    <message>
        <source>The port of the control interface</source>
        <translation>控制接口的端口</translation>
    </message>
    <message>
        <source>The port that OSC is received at</source>
        <translation>接收 OSC 的端口</translation>
    </message>
    <message>
        <source>The port that OSC is sent to</source>
        <translation>发送 OSC 的端口</translation>
    </message>
    <message>
        <source>The preset could not be removed: {reason}.</source>
        <translation>无法删除预设：{reason}。</translation>
    </message>
    <message>
        <source>The preset {name} has lowered the strength from {before:.2f} to {after:.2f}.</source>
        <translation>预设 {name} 已将强度从 {before:.2f} 降至 {after:.2f}。</translation>
    </message>
    <message>
        <source>The program&apos;s documentation lists the commands and their words.</source>
        <translation>程序文档列出了所有命令及其参数。</translation>
    </message>
    <message>
        <source>The rest is complete.</source>
        <translation>其余部分完整。</translation>
    </message>
    <message>
        <source>The scale {scale:g} of {component} is not usable.</source>
        <translation>{component} 的缩放系数 {scale:g} 不可用。</translation>
    </message>
    <message>
        <source>The service refuses the broadcast (HTTP {status}).</source>
        <translation>服务拒绝推流（HTTP {status}）。</translation>
    </message>
    <message>
        <source>The signing key cannot be read: {reason}.</source>
        <translation>无法读取签名密钥：{reason}。</translation>
    </message>
    <message>
        <source>The signing key cannot be stored: {reason}.</source>
        <translation>无法保存签名密钥：{reason}。</translation>
    </message>
    <message>
        <source>The signing key in {path} cannot be used.</source>
        <translation>{path} 中的签名密钥无法使用。</translation>
    </message>
    <message>
        <source>The size of {path} is below zero.</source>
        <translation>{path} 的大小小于零。</translation>
    </message>
    <message>
        <source>The sound of {file} ends early, because it cannot be read any further.</source>
        <translation>{file} 的声音提前结束，因为后面的部分无法读取。</translation>
    </message>
    <message>
        <source>The sound of {file} is of a kind that cannot be read; the new film is silent.</source>
        <translation>{file} 的声音格式无法读取；新影片没有声音。</translation>
    </message>
    <message>
        <source>The stream begins again as soon as it can; or compute on this computer.</source>
        <translation>一旦可以，视频流会重新开始；也可以改为在本机计算。</translation>
    </message>
    <message>
        <source>The stream goes on as soon as it answers again; or compute on this computer.</source>
        <translation>一旦它恢复应答，视频流就会继续；也可以改为在本机计算。</translation>
    </message>
    <message>
        <source>The stream goes on as soon as it does again; or compute on this computer.</source>
        <translation>一旦它恢复发送，视频流就会继续；也可以改为在本机计算。</translation>
    </message>
    <message>
        <source>The style {style} brings another {component} than the catalogue&apos;s.</source>
        <translation>风格 {style} 自带的 {component} 与目录中的不同。</translation>
    </message>
    <message>
        <source>The time of a fade</source>
        <translation>渐变时间</translation>
    </message>
    <message>
        <source>The time to drain</source>
        <translation>排空时间</translation>
    </message>
    <message>
        <source>The window does not answer.</source>
        <translation>窗口没有响应。</translation>
    </message>
    <message>
        <source>There are {count} cues in the list.</source>
        <translation>列表中有 {count} 个场景。</translation>
    </message>
    <message>
        <source>There can be at most {most} cues.</source>
        <translation>最多可以有 {most} 个场景。</translation>
    </message>
    <message>
        <source>There is no X11 display to take keys from.</source>
        <translation>没有可获取按键的 X11 显示。</translation>
    </message>
    <message>
        <source>There is no computer named {host}.</source>
        <translation>没有名为 {host} 的电脑。</translation>
    </message>
    <message>
        <source>There is no cue {number}.</source>
        <translation>没有场景 {number}。</translation>
    </message>
    <message>
        <source>There is no file {file}.</source>
        <translation>没有文件 {file}。</translation>
    </message>
    <message>
        <source>There is no picture to show behind you.</source>
        <translation>没有可以显示在您身后的图片。</translation>
    </message>
    <message>
        <source>There is no preset {name}.</source>
        <translation>没有预设 {name}。</translation>
    </message>
    <message>
        <source>There is no second style to blend in.</source>
        <translation>没有可混合的第二种风格。</translation>
    </message>
    <message>
        <source>There is no styled picture yet.</source>
        <translation>还没有风格化画面。</translation>
    </message>
    <message>
        <source>There is no system camera: neither PipeWire nor the driver v4l2loopback is ready.</source>
        <translation>没有系统摄像头：PipeWire 和驱动 v4l2loopback 均未就绪。</translation>
    </message>
    <message>
        <source>This Wayland desktop gives programs no keys of their own.</source>
        <translation>此 Wayland 桌面不向程序提供全局快捷键。</translation>
    </message>
    <message>
        <source>This build of the program does not look for new versions.</source>
        <translation>此版本的程序不检查更新。</translation>
    </message>
    <message>
        <source>This computer is in no local network.</source>
        <translation>此计算机未接入局域网。</translation>
    </message>
    <message>
        <source>This desktop cannot ask for an administrator&apos;s password; nothing was changed.</source>
        <translation>此桌面无法询问管理员密码，未作任何更改。</translation>
    </message>
    <message>
        <source>This keyboard has no key {keys}.</source>
        <translation>此键盘没有按键 {keys}。</translation>
    </message>
    <message>
        <source>This system has no key store to keep the secret in.</source>
        <translation>此系统没有可保存密钥的密钥库。</translation>
    </message>
    <message>
        <source>To keep it, turn it into AAC with another program first.</source>
        <translation>要保留声音，请先用其他程序将其转换为 AAC。</translation>
    </message>
    <message>
        <source>Too many commands are waiting.</source>
        <translation>等待中的命令过多。</translation>
    </message>
    <message>
        <source>Try again, or ask the computer&apos;s administrator.</source>
        <translation>请重试，或询问这台电脑的管理员。</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>请重试。</translation>
    </message>
    <message>
        <source>Use a short path within the component&apos;s own folder, without reserved names.</source>
        <translation>请使用组件文件夹内的短路径，不要使用保留名称。</translation>
    </message>
    <message>
        <source>Use an address that begins with https://.</source>
        <translation>请使用以 https:// 开头的地址。</translation>
    </message>
    <message>
        <source>Use even numbers, such as 1280x720.</source>
        <translation>请使用偶数，例如 1280x720。</translation>
    </message>
    <message>
        <source>Use one line of at most {longest} characters.</source>
        <translation>请使用一行、最多 {longest} 个字符。</translation>
    </message>
    <message>
        <source>Use {endings}.</source>
        <translation>请使用 {endings}。</translation>
    </message>
    <message>
        <source>Wait a moment, then try again.</source>
        <translation>请稍候再试。</translation>
    </message>
    <message>
        <source>Wait until one ends, or let it take more with the option --streams of its command.</source>
        <translation>请等其中一个结束，或用其命令的 --streams 选项允许更多。</translation>
    </message>
    <message>
        <source>What answers at {address} is not an engine of this program.</source>
        <translation>{address} 处应答的不是本程序的引擎。</translation>
    </message>
    <message>
        <source>Write it as OWNER/NAME.</source>
        <translation>请写成 OWNER/NAME 的形式。</translation>
    </message>
    <message>
        <source>Write it as https://HOST:PORT, as the other computer shows it.</source>
        <translation>请按另一台电脑所显示的那样，写成 https://HOST:PORT。</translation>
    </message>
    <message>
        <source>Write the address as https://HOST:PORT.</source>
        <translation>请把地址写成 https://HOST:PORT。</translation>
    </message>
    <message>
        <source>You have no permission to write to {node}.</source>
        <translation>没有写入 {node} 的权限。</translation>
    </message>
    <message>
        <source>Your certificate ended on {date}: what it signs would not be valid.</source>
        <translation>您的证书已于 {date} 到期：用它签名将无效。</translation>
    </message>
    <message>
        <source>no reason is given.</source>
        <translation>未说明原因。</translation>
    </message>
    <message>
        <source>systemctl --user start pipewire wireplumber</source>
        <translation>systemctl --user start pipewire wireplumber</translation>
    </message>
    <message>
        <source>{address} is no address of a broadcast.</source>
        <translation>{address} 不是推流地址。</translation>
    </message>
    <message>
        <source>{count} places of {file} are damaged and were left out.</source>
        <translation>{file} 有 {count} 处损坏，已跳过。</translation>
    </message>
    <message>
        <source>{file} holds no certificates.</source>
        <translation>{file} 中没有证书。</translation>
    </message>
    <message>
        <source>{file} is complete, but could not be signed: {reason}.</source>
        <translation>{file} 已完成，但无法签名：{reason}。</translation>
    </message>
    <message>
        <source>{file} is complete, but files of its kind cannot be signed.</source>
        <translation>{file} 已完成，但此类文件无法签名。</translation>
    </message>
    <message>
        <source>{file} is cut off: it has only {count} of its {expected} pictures.</source>
        <translation>{file} 不完整：{expected} 帧中只有 {count} 帧。</translation>
    </message>
    <message>
        <source>{file} is larger than {size:.0f} GB, which no model&apos;s file should be.</source>
        <translation>{file} 大于 {size:.0f} GB，模型文件不应如此之大。</translation>
    </message>
    <message>
        <source>{file} is missing</source>
        <translation>缺少 {file}</translation>
    </message>
    <message>
        <source>{file} is neither a picture nor a video that can be read.</source>
        <translation>{file} 不是可读取的图片或视频。</translation>
    </message>
    <message>
        <source>{keys} cannot be a key for every program: it is needed for typing.</source>
        <translation>{keys} 不能用作全局快捷键：打字时需要它。</translation>
    </message>
    <message>
        <source>{keys} cannot be used as a key for every program.</source>
        <translation>{keys} 不能用作全局快捷键。</translation>
    </message>
    <message>
        <source>{most} devices are paired already.</source>
        <translation>已配对 {most} 台设备。</translation>
    </message>
    <message>
        <source>{name!r} is not a list of cues.</source>
        <translation>{name!r} 不是场景列表。</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation>无法读取 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} is {value}, but must lie between {low} and {high}.</source>
        <translation>{name} 为 {value}，但必须介于 {low} 和 {high} 之间。</translation>
    </message>
    <message>
        <source>{node} cannot be opened: {reason}.</source>
        <translation>无法打开 {node}：{reason}。</translation>
    </message>
    <message>
        <source>{path} cannot be opened: {reason}.</source>
        <translation>无法打开 {path}：{reason}。</translation>
    </message>
    <message>
        <source>{path} cannot be played: its pictures of {width}x{height} are too large.</source>
        <translation>无法播放 {path}：其画面 {width}x{height} 过大。</translation>
    </message>
    <message>
        <source>{path} is not an ordinary file.</source>
        <translation>{path} 不是普通文件。</translation>
    </message>
    <message>
        <source>{path} is protected against writing.</source>
        <translation>{path} 受写保护。</translation>
    </message>
    <message>
        <source>{peer} is not an address that OSC can be exchanged with.</source>
        <translation>{peer} 不是可以交换 OSC 的地址。</translation>
    </message>
    <message>
        <source>{which!r} is not a valid screen.</source>
        <translation>{which!r} 不是有效的屏幕。</translation>
    </message>
    <message>
        <source>Install it, or choose another accelerator.</source>
        <translation>请安装它，或选择其他加速器。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is the name of one of the catalogue&apos;s own components.</source>
        <translation>“{name}”是目录自带组件的名称。</translation>
    </message>
    <message>
        <source>&apos;{repo}&apos; is not a valid repository.</source>
        <translation>“{repo}”不是有效的仓库。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; is not a valid title.</source>
        <translation>“{title}”不是有效的标题。</translation>
    </message>
    <message>
        <source>Another program is writing to {camera} ({node}).</source>
        <translation>另一个程序正在向 {camera}（{node}）写入。</translation>
    </message>
    <message>
        <source>Another program keeps the camera in the picture format {format}.</source>
        <translation>另一个程序使摄像头保持在画面格式 {format}。</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>请重新安装程序。</translation>
    </message>
    <message>
        <source>It comes back by itself when it can.</source>
        <translation>可用时它会自动恢复。</translation>
    </message>
    <message>
        <source>It is for another model, or damaged; use one for Stable Diffusion 1.5.</source>
        <translation>它用于其他模型或已损坏；请使用适用于 Stable Diffusion 1.5 的文件。</translation>
    </message>
    <message>
        <source>Its styles are {styles}.</source>
        <translation>它的风格有 {styles}。</translation>
    </message>
    <message>
        <source>Memory ran out; the stream goes on at {size}, enlarged.</source>
        <translation>内存不足；直播以 {size} 继续并放大显示。</translation>
    </message>
    <message>
        <source>Memory ran out; the stream goes on with denoising steps: {steps}.</source>
        <translation>内存不足；直播以更少的步数继续：{steps}。</translation>
    </message>
    <message>
        <source>Memory ran out; the stream goes on with past frames kept in 8 bits.</source>
        <translation>内存不足；直播继续，过去的帧以 8 位保存。</translation>
    </message>
    <message>
        <source>Model files</source>
        <translation>模型文件</translation>
    </message>
    <message>
        <source>No camera is called {which!r}.</source>
        <translation>没有名为 {which!r} 的摄像头。</translation>
    </message>
    <message>
        <source>OBS Studio is not installed</source>
        <translation>未安装 OBS Studio</translation>
    </message>
    <message>
        <source>Only checkpoints, LoRAs and embeddings for Stable Diffusion 1.5 can be used.</source>
        <translation>只能使用 Stable Diffusion 1.5 的检查点、LoRA 和嵌入。</translation>
    </message>
    <message>
        <source>Plug it in, or choose one that `devices` lists.</source>
        <translation>请插上它，或从列表中另选一个。</translation>
    </message>
    <message>
        <source>Put both into the prompt, or choose the built-in model.</source>
        <translation>请将两者都写入描述，或选择内置模型。</translation>
    </message>
    <message>
        <source>PyTorch</source>
        <translation>PyTorch</translation>
    </message>
    <message>
        <source>PyTorch (default)</source>
        <translation>PyTorch（默认）</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>Read {licence} and accept it to go on.</source>
        <translation>请阅读 {licence} 并接受后继续。</translation>
    </message>
    <message>
        <source>Record the screen instead.</source>
        <translation>请改为录制屏幕。</translation>
    </message>
    <message>
        <source>Reinstall it, or choose another accelerator.</source>
        <translation>请重新安装，或选择其他加速器。</translation>
    </message>
    <message>
        <source>Remove it first (models remove {model}/{name}) or choose another name.</source>
        <translation>请先移除它（models remove {model}/{name}），或选择其他名称。</translation>
    </message>
    <message>
        <source>Remove it, or make it your own with: chmod 700 {folder}</source>
        <translation>请移除它，或将其设为仅您可用：chmod 700 {folder}</translation>
    </message>
    <message>
        <source>Restart the computer.</source>
        <translation>请重新启动电脑。</translation>
    </message>
    <message>
        <source>Run installer/windows/virtual_camera.ps1 -Install, or install OBS Studio.</source>
        <translation>请运行 installer/windows/virtual_camera.ps1 -Install，或安装 OBS Studio。</translation>
    </message>
    <message>
        <source>Run the set-up once: installer/linux/virtual_camera.sh install</source>
        <translation>请运行一次安装脚本：installer/linux/virtual_camera.sh install</translation>
    </message>
    <message>
        <source>Run: python main.py doctor</source>
        <translation>请运行：python main.py doctor</translation>
    </message>
    <message>
        <source>Screen {number} can no longer be recorded.</source>
        <translation>屏幕 {number} 无法再录制。</translation>
    </message>
    <message>
        <source>See what is missing: python main.py doctor</source>
        <translation>查看缺少什么：python main.py doctor</translation>
    </message>
    <message>
        <source>Set the display to millions of colours.</source>
        <translation>请将显示器设为数百万种颜色。</translation>
    </message>
    <message>
        <source>Show it again; the stream resumes when it is back.</source>
        <translation>请重新显示它；恢复后画面会继续。</translation>
    </message>
    <message>
        <source>Show the styled picture, then save it again.</source>
        <translation>请先显示风格化画面，然后再保存。</translation>
    </message>
    <message>
        <source>Show the styled picture.</source>
        <translation>请显示风格化画面。</translation>
    </message>
    <message>
        <source>Start a new recording.</source>
        <translation>请开始新的录制。</translation>
    </message>
    <message>
        <source>Start it first.</source>
        <translation>请先启动它。</translation>
    </message>
    <message>
        <source>Start the recording first.</source>
        <translation>请先开始录制。</translation>
    </message>
    <message>
        <source>Start the stream again.</source>
        <translation>请重新开始直播。</translation>
    </message>
    <message>
        <source>Stop that program&apos;s virtual camera; this one comes back by itself.</source>
        <translation>请停止该程序的虚拟摄像头；本摄像头会自动恢复。</translation>
    </message>
    <message>
        <source>Stop the stream, choose the style, and start again.</source>
        <translation>请停止直播，选择该风格，然后重新开始。</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>TensorRT</source>
        <translation>TensorRT</translation>
    </message>
    <message>
        <source>TensorRT reads past frames in the model&apos;s own precision only.</source>
        <translation>TensorRT 只能以模型自身的精度读取过去的帧。</translation>
    </message>
    <message>
        <source>The LoRA {file} does not fit: {reason}.</source>
        <translation>LoRA {file} 不匹配：{reason}。</translation>
    </message>
    <message>
        <source>The accelerator {name!r} is not available for this model on this device.</source>
        <translation>加速器 {name!r} 在此设备上不适用于该模型。</translation>
    </message>
    <message>
        <source>The built-in model has no style {style!r}.</source>
        <translation>内置模型没有风格 {style!r}。</translation>
    </message>
    <message>
        <source>The built-in model&apos;s {file} cannot be read: {reason}.</source>
        <translation>无法读取内置模型的 {file}：{reason}。</translation>
    </message>
    <message>
        <source>The camera driver v4l2loopback is not loaded.</source>
        <translation>摄像头驱动 v4l2loopback 未加载。</translation>
    </message>
    <message>
        <source>The camera {camera} is in use by another program or does not answer.</source>
        <translation>摄像头 {camera} 正被另一个程序使用，或没有响应。</translation>
    </message>
    <message>
        <source>The camera {camera} is not there.</source>
        <translation>找不到摄像头 {camera}。</translation>
    </message>
    <message>
        <source>The camera&apos;s height</source>
        <translation>摄像头高度</translation>
    </message>
    <message>
        <source>The camera&apos;s rate</source>
        <translation>摄像头帧率</translation>
    </message>
    <message>
        <source>The camera&apos;s width</source>
        <translation>摄像头宽度</translation>
    </message>
    <message>
        <source>The disk is full: {file} could not be completed.</source>
        <translation>磁盘已满：{file} 未能完成。</translation>
    </message>
    <message>
        <source>The disk is full: {file} could not be written.</source>
        <translation>磁盘已满：无法写入 {file}。</translation>
    </message>
    <message>
        <source>The disk of {folder} is full.</source>
        <translation>{folder} 所在的磁盘已满。</translation>
    </message>
    <message>
        <source>The download failed: {reason}.</source>
        <translation>下载失败：{reason}。</translation>
    </message>
    <message>
        <source>The embedding {word} has {channels} channels, the text encoder {expected}.</source>
        <translation>嵌入 {word} 有 {channels} 个通道，而文本编码器有 {expected} 个。</translation>
    </message>
    <message>
        <source>The folder for recordings cannot be used: {reason}.</source>
        <translation>无法使用录制文件夹：{reason}。</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be used: {reason}.</source>
        <translation>无法使用文件夹 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The folder {folder} is not this user&apos;s alone.</source>
        <translation>文件夹 {folder} 并非仅属于此用户。</translation>
    </message>
    <message>
        <source>The host answered {status} for {file}.</source>
        <translation>托管网站对 {file} 返回了 {status}。</translation>
    </message>
    <message>
        <source>The host no longer has {file} (it answered {status}).</source>
        <translation>托管网站已没有 {file}（返回 {status}）。</translation>
    </message>
    <message>
        <source>The host sent a web page instead of {file}.</source>
        <translation>托管网站返回了网页，而不是 {file}。</translation>
    </message>
    <message>
        <source>The input&apos;s frame rate</source>
        <translation>输入帧率</translation>
    </message>
    <message>
        <source>The input&apos;s height</source>
        <translation>输入高度</translation>
    </message>
    <message>
        <source>The input&apos;s width</source>
        <translation>输入宽度</translation>
    </message>
    <message>
        <source>The installed {library} is for torch{wanted}, and torch {present} is installed.</source>
        <translation>已安装的 {library} 适用于 torch{wanted}，而已安装的是 torch {present}。</translation>
    </message>
    <message>
        <source>The model ran out of memory.</source>
        <translation>模型内存不足。</translation>
    </message>
    <message>
        <source>The models are {models}.</source>
        <translation>可用模型：{models}。</translation>
    </message>
    <message>
        <source>The network of {file} cannot be built: {reason}.</source>
        <translation>无法构建 {file} 的网络：{reason}。</translation>
    </message>
    <message>
        <source>The number of steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>The picture&apos;s size changed from {expected} to {size}.</source>
        <translation>画面尺寸从 {expected} 变为 {size}。</translation>
    </message>
    <message>
        <source>The placeholder&apos;s picture {name!r} cannot be read.</source>
        <translation>无法读取占位画面的图片 {name!r}。</translation>
    </message>
    <message>
        <source>The recording stopped: {reason}.</source>
        <translation>录制已中断：{reason}。</translation>
    </message>
    <message>
        <source>The seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The snapshot {file} could not be saved: {reason}.</source>
        <translation>无法保存快照 {file}：{reason}。</translation>
    </message>
    <message>
        <source>The still could not be saved.</source>
        <translation>无法保存静帧。</translation>
    </message>
    <message>
        <source>The style {style} cannot be used: {reason}.</source>
        <translation>无法使用风格 {style}：{reason}。</translation>
    </message>
    <message>
        <source>The style {style} has a network of its own.</source>
        <translation>风格 {style} 有自己的网络。</translation>
    </message>
    <message>
        <source>The untouched camera picture cannot be the placeholder.</source>
        <translation>未经处理的摄像头画面不能作为占位画面。</translation>
    </message>
    <message>
        <source>The virtual camera does not open: {reason}.</source>
        <translation>无法打开虚拟摄像头：{reason}。</translation>
    </message>
    <message>
        <source>The virtual camera has failed.</source>
        <translation>虚拟摄像头发生故障。</translation>
    </message>
    <message>
        <source>The virtual camera has gone: {reason}</source>
        <translation>虚拟摄像头已消失：{reason}</translation>
    </message>
    <message>
        <source>The virtual camera is in use by another window of this program.</source>
        <translation>虚拟摄像头正被本程序的另一个窗口使用。</translation>
    </message>
    <message>
        <source>The virtual camera is not open.</source>
        <translation>虚拟摄像头未打开。</translation>
    </message>
    <message>
        <source>The virtual camera&apos;s process cannot be started: {reason}.</source>
        <translation>无法启动虚拟摄像头进程：{reason}。</translation>
    </message>
    <message>
        <source>The virtual camera&apos;s process ends as soon as it is started: {reason}</source>
        <translation>虚拟摄像头进程启动后立即退出：{reason}</translation>
    </message>
    <message>
        <source>The weight of the blend</source>
        <translation>混合比例</translation>
    </message>
    <message>
        <source>&apos;{digest}&apos; of {path} is not a valid digest.</source>
        <translation>{path} 的“{digest}”不是有效的校验和。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is not a valid name for a component or a style.</source>
        <translation>“{name}”不是有效的组件或风格名称。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is not the name of a style.</source>
        <translation>“{name}”不是风格的名称。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; is not a valid file name for a component.</source>
        <translation>“{path}”不是有效的组件文件名。</translation>
    </message>
    <message>
        <source>&apos;{text}&apos; is not a valid size.</source>
        <translation>“{text}”不是有效的尺寸。</translation>
    </message>
    <message>
        <source>A panic has come in since.</source>
        <translation>此后又收到了紧急命令。</translation>
    </message>
    <message>
        <source>A preset needs a name.</source>
        <translation>预设需要名称。</translation>
    </message>
    <message>
        <source>A processor cannot compute in {precision}.</source>
        <translation>处理器无法以 {precision} 精度计算。</translation>
    </message>
    <message>
        <source>A single window can be recorded only on Linux with X11.</source>
        <translation>仅在使用 X11 的 Linux 上可以录制单个窗口。</translation>
    </message>
    <message>
        <source>Accept its terms on the host&apos;s website, and enter your access token here.</source>
        <translation>请在托管网站上接受其条款，并在此输入您的访问令牌。</translation>
    </message>
    <message>
        <source>Accept its terms on the host&apos;s website, then log in or enter your access token here.</source>
        <translation>请在托管网站上接受其条款，然后登录或在此输入您的访问令牌。</translation>
    </message>
    <message>
        <source>Add Ctrl, Alt or Meta, or use a function key.</source>
        <translation>请加上 Ctrl、Alt 或 Meta，或使用功能键。</translation>
    </message>
    <message>
        <source>Allow network access, or choose a local folder that has it.</source>
        <translation>请允许联网，或选择包含它的本地文件夹。</translation>
    </message>
    <message>
        <source>Another program has taken the key {keys}.</source>
        <translation>按键 {keys} 已被其他程序占用。</translation>
    </message>
    <message>
        <source>Another program uses the port {port}.</source>
        <translation>端口 {port} 正被其他程序使用。</translation>
    </message>
    <message>
        <source>Check its address and its key.</source>
        <translation>请检查地址和密钥。</translation>
    </message>
    <message>
        <source>Check its cable; the stream resumes when it is back.</source>
        <translation>请检查连接线；恢复后画面会继续。</translation>
    </message>
    <message>
        <source>Check its name.</source>
        <translation>请检查文件名。</translation>
    </message>
    <message>
        <source>Check that the system has MIDI, and that the device is connected.</source>
        <translation>请检查系统是否支持 MIDI，以及设备是否已连接。</translation>
    </message>
    <message>
        <source>Check that this computer is online, and try again later.</source>
        <translation>请检查此计算机是否联网，稍后重试。</translation>
    </message>
    <message>
        <source>Check that this computer is online, or choose a mirror or a local folder.</source>
        <translation>请检查本机是否联网，或选择镜像或本地文件夹。</translation>
    </message>
    <message>
        <source>Check that this computer is online; what was received is kept.</source>
        <translation>请检查本机是否联网；已下载的部分会保留。</translation>
    </message>
    <message>
        <source>Choose a PNG, JPEG, MP4, MOV, MKV or WebM file.</source>
        <translation>请选择 PNG、JPEG、MP4、MOV、MKV 或 WebM 文件。</translation>
    </message>
    <message>
        <source>Choose a file that ends in {ending} or {former}.</source>
        <translation>请选择以 {ending} 或 {former} 结尾的文件。</translation>
    </message>
    <message>
        <source>Choose a file that ends in {ending}.</source>
        <translation>请选择以 {ending} 结尾的文件。</translation>
    </message>
    <message>
        <source>Choose a letter, a digit or a function key, such as Ctrl+Shift+F9.</source>
        <translation>请选择字母、数字或功能键，例如 Ctrl+Shift+F9。</translation>
    </message>
    <message>
        <source>Choose a shorter one.</source>
        <translation>请换一个较短的名称。</translation>
    </message>
    <message>
        <source>Choose a value from {low} to {high}.</source>
        <translation>请选择 {low} 到 {high} 之间的值。</translation>
    </message>
    <message>
        <source>Choose another folder for the models.</source>
        <translation>请为模型选择其他文件夹。</translation>
    </message>
    <message>
        <source>Choose another folder, or free some space.</source>
        <translation>请选择其他文件夹，或腾出空间。</translation>
    </message>
    <message>
        <source>Connect one, or try without: python main.py demo</source>
        <translation>请连接一个，或不用摄像头试用：python main.py demo</translation>
    </message>
    <message>
        <source>Correct its file.</source>
        <translation>请修正它的文件。</translation>
    </message>
    <message>
        <source>Device permissions</source>
        <translation>设备权限</translation>
    </message>
    <message>
        <source>Do not use it; look for another version of it.</source>
        <translation>请勿使用它；请寻找其他版本。</translation>
    </message>
    <message>
        <source>Download it by hand and import it, if you trust its source.</source>
        <translation>如果您信任其来源，请手动下载并导入。</translation>
    </message>
    <message>
        <source>Download it from its host.</source>
        <translation>请从其托管网站下载。</translation>
    </message>
    <message>
        <source>Download it: python main.py models download {model}</source>
        <translation>请下载：python main.py models download {model}</translation>
    </message>
    <message>
        <source>Enter one.</source>
        <translation>请输入一个。</translation>
    </message>
    <message>
        <source>Flicker reduction</source>
        <translation>防闪烁</translation>
    </message>
    <message>
        <source>Free some space on the models&apos; disk.</source>
        <translation>请在模型所在磁盘上腾出空间。</translation>
    </message>
    <message>
        <source>Free some space or move the models&apos; folder, then download again: it will resume.</source>
        <translation>请腾出空间或移动模型文件夹，然后重新下载：下载会继续。</translation>
    </message>
    <message>
        <source>Free some space, or move the models&apos; folder to another disk.</source>
        <translation>请腾出空间，或将模型文件夹移到另一磁盘。</translation>
    </message>
    <message>
        <source>Get the file from the person who shared the style, and import it.</source>
        <translation>请向分享该风格的人索取文件并导入。</translation>
    </message>
    <message>
        <source>It may require a login: enter your access token here.</source>
        <translation>可能需要登录：请在此输入您的访问令牌。</translation>
    </message>
    <message>
        <source>Keep past frames as exact as the model, or choose another accelerator.</source>
        <translation>请让过去的帧保持与模型相同的精度，或选择其他加速器。</translation>
    </message>
    <message>
        <source>No usable name can be made from {file}.</source>
        <translation>无法从 {file} 得到可用的名称。</translation>
    </message>
    <message>
        <source>No window is called {which!r}.</source>
        <translation>没有名为 {which!r} 的窗口。</translation>
    </message>
    <message>
        <source>Noise consistency</source>
        <translation>噪声一致性</translation>
    </message>
    <message>
        <source>Not on this computer: {components}.</source>
        <translation>本机上没有：{components}。</translation>
    </message>
    <message>
        <source>Open it, or choose another one.</source>
        <translation>请打开它，或另选一个。</translation>
    </message>
    <message>
        <source>OpenVINO cannot compile the built-in model: {reason}.</source>
        <translation>OpenVINO 无法编译内置模型：{reason}。</translation>
    </message>
    <message>
        <source>OpenVINO on Intel graphics</source>
        <translation>OpenVINO（英特尔显卡）</translation>
    </message>
    <message>
        <source>OpenVINO on the CPU</source>
        <translation>在 CPU 上使用 OpenVINO</translation>
    </message>
    <message>
        <source>Original pictures are never saved.</source>
        <translation>原始画面绝不会被保存。</translation>
    </message>
    <message>
        <source>Original pictures are never written to a file.</source>
        <translation>原始画面绝不会写入文件。</translation>
    </message>
    <message>
        <source>Reading {file} took too much memory or time, and was stopped.</source>
        <translation>读取 {file} 占用了过多内存或时间，已被中止。</translation>
    </message>
    <message>
        <source>Remove it from the local folder, so that the right one can be downloaded.</source>
        <translation>请将它从本地文件夹中移除，以便下载正确的文件。</translation>
    </message>
    <message>
        <source>Rename the file, and change the name in it.</source>
        <translation>请重命名该文件，并更改其中的名称。</translation>
    </message>
    <message>
        <source>Repair the file, or remove it and add it again.</source>
        <translation>请修正该文件，或移除后重新添加。</translation>
    </message>
    <message>
        <source>Set the environment variable {variable} during the download instead.</source>
        <translation>请改为在下载期间设置环境变量 {variable}。</translation>
    </message>
    <message>
        <source>Stop the stream, then try again.</source>
        <translation>请停止视频流后重试。</translation>
    </message>
    <message>
        <source>The address of {file} is not valid: {reason}.</source>
        <translation>{file} 的地址无效：{reason}。</translation>
    </message>
    <message>
        <source>The camera {name} no longer sends pictures.</source>
        <translation>摄像头 {name} 不再传送画面。</translation>
    </message>
    <message>
        <source>The catalogue lists no {role} for {model}.</source>
        <translation>目录中 {model} 没有 {role}。</translation>
    </message>
    <message>
        <source>The download needs {needed:.2f} GB, but {folder} has only {free:.2f} GB to spare.</source>
        <translation>下载需要 {needed:.2f} GB，但 {folder} 只有 {free:.2f} GB 可用空间。</translation>
    </message>
    <message>
        <source>The embedding {file} holds no vectors.</source>
        <translation>嵌入文件 {file} 不含任何向量。</translation>
    </message>
    <message>
        <source>The host refuses to send {component}: {reason}.</source>
        <translation>托管网站拒绝提供 {component}：{reason}。</translation>
    </message>
    <message>
        <source>The host requires a login for {file} (it answered {status}).</source>
        <translation>托管网站要求登录后才能下载 {file}（返回 {status}）。</translation>
    </message>
    <message>
        <source>The model {model} has no style &apos;{name}&apos;.</source>
        <translation>模型 {model} 没有名为“{name}”的风格。</translation>
    </message>
    <message>
        <source>The networks that read faces cannot be loaded: {reason}.</source>
        <translation>无法加载用于读取人脸的网络：{reason}。</translation>
    </message>
    <message>
        <source>The preset could not be saved: {reason}.</source>
        <translation>无法保存预设：{reason}。</translation>
    </message>
    <message>
        <source>The ranges of the built-in model cannot be read: {reason}.</source>
        <translation>无法读取内置模型的取值范围：{reason}。</translation>
    </message>
    <message>
        <source>The style {style} cannot be written: {reason}.</source>
        <translation>无法写入风格 {style}：{reason}。</translation>
    </message>
    <message>
        <source>The style {style} is for the model &apos;{model}&apos;, which does not exist here.</source>
        <translation>风格 {style} 适用于模型“{model}”，但本机没有该模型。</translation>
    </message>
    <message>
        <source>The window {name} was closed or is minimised.</source>
        <translation>窗口 {name} 已关闭或已最小化。</translation>
    </message>
    <message>
        <source>The {name} {side} is not supported.</source>
        <translation>不支持{name} {side}。</translation>
    </message>
    <message>
        <source>There is no X11 display whose windows can be recorded.</source>
        <translation>没有可录制窗口的 X11 显示。</translation>
    </message>
    <message>
        <source>There is no memory left for the virtual camera: {reason}.</source>
        <translation>虚拟摄像头没有可用内存：{reason}。</translation>
    </message>
    <message>
        <source>There is no model &apos;{name}&apos;.</source>
        <translation>没有名为“{name}”的模型。</translation>
    </message>
    <message>
        <source>This computer has no device {name!r}.</source>
        <translation>此计算机没有设备 {name!r}。</translation>
    </message>
    <message>
        <source>This model cannot make other pictures while a stream runs.</source>
        <translation>此模型在直播时无法生成其他画面。</translation>
    </message>
    <message>
        <source>This program knows no place where {component} is published.</source>
        <translation>本程序不知道 {component} 的发布位置。</translation>
    </message>
    <message>
        <source>Under Wayland, log in to an X11 session.</source>
        <translation>在 Wayland 下请登录 X11 会话。</translation>
    </message>
    <message>
        <source>Under Wayland, log in to an X11 session; elsewhere, allow screen recording.</source>
        <translation>在 Wayland 下请登录 X11 会话；在其他系统上请允许屏幕录制。</translation>
    </message>
    <message>
        <source>Use a mirror or a local folder, or a newer version of this program.</source>
        <translation>请使用镜像、本地文件夹或本程序的较新版本。</translation>
    </message>
    <message>
        <source>Use at most 64 lower-case letters, digits, dots, hyphens and underscores.</source>
        <translation>请使用最多 64 个小写字母、数字、点、连字符和下划线。</translation>
    </message>
    <message>
        <source>Use multiples of 8 from 64 to {largest}, such as 512x512.</source>
        <translation>请使用 64 到 {largest} 之间 8 的倍数，例如 512x512。</translation>
    </message>
    <message>
        <source>What was made so far can be played: {kept}</source>
        <translation>已完成的部分可以播放：{kept}</translation>
    </message>
    <message>
        <source>Windows of this display&apos;s colour depth cannot be recorded.</source>
        <translation>无法录制此色深下的窗口。</translation>
    </message>
    <message>
        <source>You are not allowed to read it.</source>
        <translation>您没有读取它的权限。</translation>
    </message>
    <message>
        <source>You are not allowed to use the camera {camera}.</source>
        <translation>您没有使用摄像头 {camera} 的权限。</translation>
    </message>
    <message>
        <source>You are not allowed to write {path}.</source>
        <translation>您没有写入 {path} 的权限。</translation>
    </message>
    <message>
        <source>another program is writing to it, or has left it unusable</source>
        <translation>另一个程序正在写入，或使其处于不可用状态</translation>
    </message>
    <message>
        <source>no permission to use {name} ({path})</source>
        <translation>没有使用 {name}（{path}）的权限</translation>
    </message>
    <message>
        <source>no permission to use {node}</source>
        <translation>没有使用 {node} 的权限</translation>
    </message>
    <message>
        <source>none is called {camera}; found: {others}</source>
        <translation>没有名为 {camera} 的设备；现有 {others}</translation>
    </message>
    <message>
        <source>{file} could not be downloaded: {reason}.</source>
        <translation>无法下载 {file}：{reason}。</translation>
    </message>
    <message>
        <source>{file} differs from the published file.</source>
        <translation>{file} 与发布的文件不同。</translation>
    </message>
    <message>
        <source>{file} differs from the published {component}.</source>
        <translation>{file} 与发布的 {component} 不同。</translation>
    </message>
    <message>
        <source>{file} is longer than the published file.</source>
        <translation>{file} 比发布的文件更长。</translation>
    </message>
    <message>
        <source>{file} is not a video format that can be written.</source>
        <translation>{file} 不是可写入的视频格式。</translation>
    </message>
    <message>
        <source>{name!r} is not a preset.</source>
        <translation>{name!r} 不是预设。</translation>
    </message>
    <message>
        <source>There is already a style {model}/{name}.</source>
        <translation>已有风格 {model}/{name}。</translation>
    </message>
    <message>
        <source>&apos;{text}&apos; is not a colour.</source>
        <translation>“{text}”不是颜色。</translation>
    </message>
    <message>
        <source>&apos;{text}&apos; is not the address of an engine.</source>
        <translation>“{text}”不是引擎的地址。</translation>
    </message>
    <message>
        <source>A part of a colour</source>
        <translation>颜色分量</translation>
    </message>
    <message>
        <source>Allow them when it asks, or bind `python main.py remote panic` in its settings.</source>
        <translation>请在桌面询问时允许，或在其设置中绑定 `python main.py remote panic`。</translation>
    </message>
    <message>
        <source>Another computer cannot make other pictures while a stream runs.</source>
        <translation>视频流运行时，另一台电脑无法制作其他图片。</translation>
    </message>
    <message>
        <source>Another computer styles the whole picture only.</source>
        <translation>另一台电脑只能对整个画面进行风格化。</translation>
    </message>
    <message>
        <source>Bind the command `python main.py remote panic` to a key in the desktop&apos;s settings.</source>
        <translation>请在桌面设置中将命令 `python main.py remote panic` 绑定到一个按键。</translation>
    </message>
    <message>
        <source>Bind the command `python main.py remote panic` to a key instead.</source>
        <translation>请改为将命令 `python main.py remote panic` 绑定到一个按键。</translation>
    </message>
    <message>
        <source>Blush</source>
        <translation>腮红</translation>
    </message>
    <message>
        <source>Check that both computers run the same version of this program.</source>
        <translation>请检查两台电脑上运行的程序版本是否相同。</translation>
    </message>
    <message>
        <source>Check the address and its port.</source>
        <translation>请检查地址和端口。</translation>
    </message>
    <message>
        <source>Check the address, that `python main.py serve` runs there, and that its firewall lets this computer in.</source>
        <translation>请检查地址、那里是否正在运行 `python main.py serve`，以及其防火墙是否允许本机访问。</translation>
    </message>
    <message>
        <source>Check the name, or use the address in digits that the other computer shows.</source>
        <translation>请检查名称，或使用另一台电脑显示的数字地址。</translation>
    </message>
    <message>
        <source>Choose another accelerator, or start the program from a copy of its repository, where .venv/bin/python -m pip install {library} adds it.</source>
        <translation>请选择其他加速方式，或从本程序代码仓库的副本启动，在那里用 .venv/bin/python -m pip install {library} 添加它。</translation>
    </message>
    <message>
        <source>Choose another style if you like one better.</source>
        <translation>如果更喜欢其他风格，请另选。</translation>
    </message>
    <message>
        <source>Choose other styles if you like them better.</source>
        <translation>如果更喜欢其他风格，请另选。</translation>
    </message>
    <message>
        <source>Enter the code that it shows now; each is good for one pairing.</source>
        <translation>请输入它现在显示的配对码；每个配对码只能用于一次配对。</translation>
    </message>
    <message>
        <source>Give one that begins with rtmp://, rtmps://, https:// or ndi://.</source>
        <translation>请输入以 rtmp://、rtmps://、https:// 或 ndi:// 开头的地址。</translation>
    </message>
    <message>
        <source>If it was set up anew, pair again with the code that it shows; otherwise do not use it.</source>
        <translation>如果它是重新安装的，请用它显示的配对码再次配对；否则不要使用它。</translation>
    </message>
    <message>
        <source>Install a {library} made for this torch, or choose another accelerator.</source>
        <translation>请安装与此 torch 版本匹配的 {library}，或选择其他加速器。</translation>
    </message>
    <message>
        <source>Install it from ndi.video, or broadcast by RTMP or WHIP.</source>
        <translation>请从 ndi.video 安装，或改用 RTMP 或 WHIP 推流。</translation>
    </message>
    <message>
        <source>Install its present version from ndi.video, or broadcast by RTMP or WHIP.</source>
        <translation>请从 ndi.video 安装其最新版本，或改用 RTMP 或 WHIP 推流。</translation>
    </message>
    <message>
        <source>Install libxcb1, or bind `python main.py remote panic` in the desktop&apos;s settings.</source>
        <translation>请安装 libxcb1，或在桌面设置中绑定 `python main.py remote panic`。</translation>
    </message>
    <message>
        <source>It contains no picture that can be decoded.</source>
        <translation>它不包含可解码的画面。</translation>
    </message>
    <message>
        <source>It contains no video.</source>
        <translation>它不包含视频。</translation>
    </message>
    <message>
        <source>It is empty, damaged or not a video.</source>
        <translation>它是空的、已损坏或不是视频。</translation>
    </message>
    <message>
        <source>The eye size</source>
        <translation>眼睛大小</translation>
    </message>
    <message>
        <source>The line weight</source>
        <translation>线条粗细</translation>
    </message>
    <message>
        <source>The screen cannot be recorded: {reason}.</source>
        <translation>无法录制屏幕：{reason}。</translation>
    </message>
    <message>
        <source>The style {name} has been removed; {successor} is used instead.</source>
        <translation>风格 {name} 已移除；改用 {successor}。</translation>
    </message>
    <message>
        <source>The styles {first} and {second} have been removed; {nearest} and {next} are used instead.</source>
        <translation>风格 {first} 和 {second} 已移除；改用 {nearest} 和 {next}。</translation>
    </message>
    <message>
        <source>There is already a style {style} for {model}.</source>
        <translation>{model} 已有风格 {style}。</translation>
    </message>
    <message>
        <source>There is no camera device called {camera}.</source>
        <translation>没有名为 {camera} 的摄像头设备。</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>没有文件 {path}。</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>没有文件夹 {folder}。</translation>
    </message>
    <message>
        <source>There is no screen {number}.</source>
        <translation>没有屏幕 {number}。</translation>
    </message>
    <message>
        <source>There is no virtual camera: {reasons}</source>
        <translation>没有虚拟摄像头：{reasons}</translation>
    </message>
    <message>
        <source>There is none here, so use `demo`.</source>
        <translation>这里没有摄像头，请使用 `demo`。</translation>
    </message>
    <message>
        <source>There is not enough memory for {model} at {size}.</source>
        <translation>内存不足，无法在 {size} 下运行 {model}。</translation>
    </message>
    <message>
        <source>There is not enough space for {file}.</source>
        <translation>没有足够空间存放 {file}。</translation>
    </message>
    <message>
        <source>This system has no key store to keep the token in.</source>
        <translation>此系统没有可保存令牌的密钥库。</translation>
    </message>
    <message>
        <source>This would fit: {fit}.</source>
        <translation>以下设置可行：{fit}。</translation>
    </message>
    <message>
        <source>Try again later or from another mirror.</source>
        <translation>请稍后重试，或换用其他镜像。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>Try again; it resumes where it stopped.</source>
        <translation>请重试；将从中断处继续。</translation>
    </message>
    <message>
        <source>Two styles of this model cannot be blended.</source>
        <translation>此模型的两种风格不能混合。</translation>
    </message>
    <message>
        <source>Update OpenVINO or its driver, or choose another accelerator.</source>
        <translation>请更新 OpenVINO 或其驱动，或选择其他加速方式。</translation>
    </message>
    <message>
        <source>Use another mirror.</source>
        <translation>请使用其他镜像。</translation>
    </message>
    <message>
        <source>Use the built-in model on this computer.</source>
        <translation>请在本机使用内置模型。</translation>
    </message>
    <message>
        <source>Virtual camera</source>
        <translation>虚拟摄像头</translation>
    </message>
    <message>
        <source>Webcam</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Webcam {index}</source>
        <translation>摄像头 {index}</translation>
    </message>
    <message>
        <source>Write it as #RRGGBB, or choose one of: {names}.</source>
        <translation>请写成 #RRGGBB，或从以下颜色中选择：{names}。</translation>
    </message>
    <message>
        <source>Write it as MODEL/STYLE.</source>
        <translation>请写成 模型/风格。</translation>
    </message>
    <message>
        <source>Write it as WIDTHxHEIGHT, such as 512x512.</source>
        <translation>请写成 宽x高，例如 512x512。</translation>
    </message>
    <message>
        <source>Write screen, screen:1, screen:2 and so on.</source>
        <translation>请写成 screen、screen:1、screen:2 等。</translation>
    </message>
    <message>
        <source>brew install --cask obs   # then start its virtual camera once</source>
        <translation>brew install --cask obs   # 然后启动一次其虚拟摄像头</translation>
    </message>
    <message>
        <source>built for another kernel only</source>
        <translation>仅为其他内核编译</translation>
    </message>
    <message>
        <source>exclusive_caps is not set: browsers do not list it</source>
        <translation>未设置 exclusive_caps：浏览器不会列出它</translation>
    </message>
    <message>
        <source>height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>installer/linux/virtual_camera.sh install</source>
        <translation>installer/linux/virtual_camera.sh install</translation>
    </message>
    <message>
        <source>installer/linux/virtual_camera.sh remove &amp;&amp; installer/linux/virtual_camera.sh install</source>
        <translation>installer/linux/virtual_camera.sh remove &amp;&amp; installer/linux/virtual_camera.sh install</translation>
    </message>
    <message>
        <source>missing in {folder}</source>
        <translation>{folder} 中缺少</translation>
    </message>
    <message>
        <source>missing: {packages}</source>
        <translation>缺少：{packages}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>none is called {camera}</source>
        <translation>没有名为 {camera} 的设备</translation>
    </message>
    <message>
        <source>none is registered</source>
        <translation>未注册任何设备</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>未安装</translation>
    </message>
    <message>
        <source>pip install pyvirtualcam</source>
        <translation>pip install pyvirtualcam</translation>
    </message>
    <message>
        <source>powershell -ExecutionPolicy Bypass installer\windows\virtual_camera.ps1 -Install</source>
        <translation>powershell -ExecutionPolicy Bypass installer\windows\virtual_camera.ps1 -Install</translation>
    </message>
    <message>
        <source>pyvirtualcam is missing</source>
        <translation>缺少 pyvirtualcam</translation>
    </message>
    <message>
        <source>sudo apt install {packages} &amp;&amp; sudo dkms autoinstall</source>
        <translation>sudo apt install {packages} &amp;&amp; sudo dkms autoinstall</translation>
    </message>
    <message>
        <source>sudo dkms autoinstall</source>
        <translation>sudo dkms autoinstall</translation>
    </message>
    <message>
        <source>sudo modprobe v4l2loopback</source>
        <translation>sudo modprobe v4l2loopback</translation>
    </message>
    <message>
        <source>sudo usermod -aG video $USER   # then log in again</source>
        <translation>sudo usermod -aG video $USER   # 然后重新登录</translation>
    </message>
    <message>
        <source>torch.compile with CUDA graphs</source>
        <translation>torch.compile 与 CUDA 图</translation>
    </message>
    <message>
        <source>v4l2loopback is installed, but not loaded</source>
        <translation>v4l2loopback 已安装但未加载</translation>
    </message>
    <message>
        <source>v4l2loopback is not installed for this kernel</source>
        <translation>v4l2loopback 未针对此内核安装</translation>
    </message>
    <message>
        <source>width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>xformers</source>
        <translation>xformers</translation>
    </message>
    <message>
        <source>{component} could not be reached at its host: {reason}.</source>
        <translation>无法从托管网站获取 {component}：{reason}。</translation>
    </message>
    <message>
        <source>{component} is not installed, and the program is set to stay offline.</source>
        <translation>{component} 未安装，而程序设置为离线。</translation>
    </message>
    <message>
        <source>{component} is not offered in the safetensors format.</source>
        <translation>{component} 没有 safetensors 格式。</translation>
    </message>
    <message>
        <source>{component} is published under terms that were not accepted.</source>
        <translation>{component} 的发布条款尚未被接受。</translation>
    </message>
    <message>
        <source>{count} cameras are called {which!r}.</source>
        <translation>有 {count} 个摄像头名为 {which!r}。</translation>
    </message>
    <message>
        <source>{count} windows are called {which!r}.</source>
        <translation>有 {count} 个窗口名为 {which!r}。</translation>
    </message>
    <message>
        <source>{file} cannot be copied: {reason}.</source>
        <translation>无法复制 {file}：{reason}。</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}.</source>
        <translation>无法读取 {file}：{reason}。</translation>
    </message>
    <message>
        <source>{file} does not fit: {reason}.</source>
        <translation>{file} 不匹配：{reason}。</translation>
    </message>
    <message>
        <source>{file} has {name} as {found}, expected {shape}.</source>
        <translation>{file} 中 {name} 为 {found}，应为 {shape}。</translation>
    </message>
    <message>
        <source>{file} holds nothing that this program can use.</source>
        <translation>{file} 中没有本程序可用的内容。</translation>
    </message>
    <message>
        <source>{file} holds program code beside its weights, and was not opened.</source>
        <translation>{file} 除权重外还含有程序代码，未打开。</translation>
    </message>
    <message>
        <source>{file} is a {role}, which cannot be imported by itself.</source>
        <translation>{file} 是 {role}，不能单独导入。</translation>
    </message>
    <message>
        <source>{file} is damaged: {name} has values that are no numbers.</source>
        <translation>{file} 已损坏：{name} 含有非数值。</translation>
    </message>
    <message>
        <source>{file} is for {family}.</source>
        <translation>{file} 适用于 {family}。</translation>
    </message>
    <message>
        <source>{file} is neither a safetensors nor a present-day torch file, or is cut short.</source>
        <translation>{file} 既不是 safetensors 也不是现行的 torch 文件，或文件不完整。</translation>
    </message>
    <message>
        <source>{file} is not a plain torch file: it would swell when opened.</source>
        <translation>{file} 不是普通的 torch 文件：打开时会急剧膨胀。</translation>
    </message>
    <message>
        <source>{file} is not open.</source>
        <translation>{file} 未打开。</translation>
    </message>
    <message>
        <source>{file} is of the kind {found}, not {role}.</source>
        <translation>{file} 的类型是 {found}，而不是 {role}。</translation>
    </message>
    <message>
        <source>{file} was downloaded, but differs from the published file.</source>
        <translation>{file} 已下载，但与发布的文件不同。</translation>
    </message>
    <message>
        <source>{file} was trained with other positions ({name}).</source>
        <translation>{file} 使用了其他位置编码训练（{name}）。</translation>
    </message>
    <message>
        <source>{folder} cannot be read: {reason}.</source>
        <translation>无法读取 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>{folder} cannot be written to: {reason}.</source>
        <translation>无法写入 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>{folder} cannot hold the models: {reason}.</source>
        <translation>{folder} 无法存放模型：{reason}。</translation>
    </message>
    <message>
        <source>{folder} has no weights.</source>
        <translation>{folder} 中没有权重。</translation>
    </message>
    <message>
        <source>{library} cannot be loaded: {reason}.</source>
        <translation>无法加载 {library}：{reason}。</translation>
    </message>
    <message>
        <source>{library} is not installed.</source>
        <translation>{library} 未安装。</translation>
    </message>
    <message>
        <source>{node} does not exist</source>
        <translation>{node} 不存在</translation>
    </message>
    <message>
        <source>{node} does not exist.</source>
        <translation>{node} 不存在。</translation>
    </message>
    <message>
        <source>{path} cannot be played: {why}</source>
        <translation>无法播放 {path}：{why}</translation>
    </message>
    <message>
        <source>{path} could not be written: {reason}.</source>
        <translation>无法写入 {path}：{reason}。</translation>
    </message>
    <message>
        <source>{path} is a folder.</source>
        <translation>{path} 是文件夹。</translation>
    </message>
    <message>
        <source>{python} -m pip install torch</source>
        <translation>{python} -m pip install torch</translation>
    </message>
    <message>
        <source>{repo} has no {file} at revision {revision}.</source>
        <translation>{repo} 在版本 {revision} 中没有 {file}。</translation>
    </message>
    <message>
        <source>{size} with {steps} steps needs {needed:.1f} GB of memory, and {free:.1f} GB are free.</source>
        <translation>{size}、{steps} 步需要 {needed:.1f} GB 内存，目前可用 {free:.1f} GB。</translation>
    </message>
    <message>
        <source>{source} failed: {reason}.</source>
        <translation>{source} 出错：{reason}。</translation>
    </message>
    <message>
        <source>{source} is not open.</source>
        <translation>{source} 未打开。</translation>
    </message>
    <message>
        <source>{version} is too old</source>
        <translation>{version} 版本过旧</translation>
    </message>
    <message>
        <source>{where} cannot be read: {reason}.</source>
        <translation>无法读取 {where}：{reason}。</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>{0} runs on the CPU here, at about {1} frames/s.</source>
        <translation>{0} 在此处的 CPU 上运行，约 {1} 帧/秒。</translation>
    </message>
    <message>
        <source>Use the demo</source>
        <translation>使用演示</translation>
    </message>
    <message>
        <source>Download it…</source>
        <translation>下载…</translation>
    </message>
    <message>
        <source>Use the built-in model</source>
        <translation>使用内置模型</translation>
    </message>
    <message>
        <source>Choose automatically</source>
        <translation>自动选择</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Compute on this computer</source>
        <translation>在本机计算</translation>
    </message>
    <message>
        <source>Other programs cannot see the picture yet: there is no system webcam.</source>
        <translation>其他程序还看不到画面：没有系统摄像头。</translation>
    </message>
    <message>
        <source>Version {0} is available.</source>
        <translation>版本 {0} 可用。</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>新功能</translation>
    </message>
</context>
<context>
    <name>placeholders</name>
    <message>
        <source>Back in a moment</source>
        <translation>马上回来</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Warming up</source>
        <translation>预热中</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>直播中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Recovering</source>
        <translation>正在恢复</translation>
    </message>
    <message>
        <source>The network takes {0} ms; a cable is quicker than Wi-Fi.</source>
        <translation>网络耗时 {0} 毫秒；网线比 Wi-Fi 更快。</translation>
    </message>
    <message>
        <source>The camera delivers {0} frames/s.</source>
        <translation>摄像头提供 {0} 帧/秒。</translation>
    </message>
    <message>
        <source>The model takes {0} ms per frame</source>
        <translation>模型每帧需要 {0} 毫秒</translation>
    </message>
    <message>
        <source>Connecting to the other computer</source>
        <translation>正在连接另一台电脑</translation>
    </message>
    <message>
        <source>Verifying the files</source>
        <translation>正在校验文件</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原始画面</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>已遮挡</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Camera off</source>
        <translation>摄像头已关闭</translation>
    </message>
    <message>
        <source>Webcam restarting</source>
        <translation>摄像头正在重启</translation>
    </message>
    <message>
        <source>Webcam in use</source>
        <translation>摄像头使用中</translation>
    </message>
    <message>
        <source>Webcam not in use</source>
        <translation>摄像头未使用</translation>
    </message>
    <message>
        <source>Webcam ready</source>
        <translation>摄像头就绪</translation>
    </message>
    <message>
        <source>Every program finds it: as a device and through PipeWire.</source>
        <translation>所有程序都能找到它：既作为设备，也通过 PipeWire。</translation>
    </message>
    <message>
        <source>It is there through PipeWire, without any driver: Flatpak programs and all others that ask the desktop for cameras find it. Zoom, Discord and Chromium look for a device, which the camera driver makes.</source>
        <translation>它通过 PipeWire 提供，无需任何驱动：Flatpak 程序以及所有向桌面请求摄像头的程序都能找到它。Zoom、Discord 和 Chromium 查找的是设备，由摄像头驱动提供。</translation>
    </message>
    <message>
        <source>Programs that open camera devices find it. Flatpak programs and browsers that ask the desktop need PipeWire, which is not running.</source>
        <translation>直接打开摄像头设备的程序能找到它。Flatpak 程序和向桌面请求摄像头的浏览器需要 PipeWire，但它未运行。</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} 毫秒</translation>
    </message>
    <message>
        <source>{0} → {1} frames/s</source>
        <translation>{0} → {1} 帧/秒</translation>
    </message>
    <message>
        <source>{0} would take about {1} ms.</source>
        <translation>{0} 约需 {1} 毫秒。</translation>
    </message>
    <message>
        <source>{0}; {1}</source>
        <translation>{0}；{1}</translation>
    </message>
    <message>
        <source>Compiling the model</source>
        <translation>正在编译模型</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Finding the fastest way to run the model</source>
        <translation>正在寻找运行模型的最快方式</translation>
    </message>
    <message>
        <source>Collecting the first frames</source>
        <translation>正在收集最初的帧</translation>
    </message>
    <message>
        <source>Styling the video</source>
        <translation>正在处理视频</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>正在下载</translation>
    </message>
    <message>
        <source>Webcam starting</source>
        <translation>摄像头正在启动</translation>
    </message>
    <message>
        <source>No system webcam</source>
        <translation>没有系统摄像头</translation>
    </message>
</context>
</TS>
