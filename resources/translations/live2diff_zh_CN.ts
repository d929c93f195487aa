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
        <source>Restyles a webcam live with a video diffusion model that looks only backwards, after “Live2Diff” (arXiv 2407.08701).</source>
        <translation>用只向后看的视频扩散模型实时重绘摄像头画面,方法出自“Live2Diff”(arXiv 2407.08701)。</translation>
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
        <source>It stands on these libraries:</source>
        <translation>本程序基于以下库:</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>The pictures are made when the stream stops</source>
        <translation>直播停止后生成图片</translation>
    </message>
</context>
<context>
    <name>BlendRow</name>
    <message>
        <source>Blend with another style</source>
        <translation>与另一种风格混合</translation>
    </message>
    <message>
        <source>Mixes a second style in. It does not change the delay.</source>
        <translation>混入第二种风格。不影响延迟。</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>How much of the second style is seen: 0 none, 1 nothing else.</source>
        <translation>第二种风格所占的比例:0 为没有,1 为全部。</translation>
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
        <source>No camera: the demo</source>
        <translation>没有摄像头:使用演示</translation>
    </message>
    <message>
        <source>Only you see this picture.</source>
        <translation>只有您能看到这个画面。</translation>
    </message>
</context>
<context>
    <name>ControlsPane</name>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
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
        <source>How far the picture leaves the camera's: 0.2 a touch, 1 full style. It does not change the delay.</source>
        <translation>画面偏离摄像头的程度:0.2 为轻微,1 为完整风格。不影响延迟。</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>How strictly shapes follow the camera. Less is freer. It does not change the delay.</source>
        <translation>形状遵循摄像头画面的严格程度,越小越自由。不影响延迟。</translation>
    </message>
    <message>
        <source>Smoothness</source>
        <translation>平稳</translation>
    </message>
    <message>
        <source>How much of the noise stays from frame to frame: 1 calm, 0 lively. It does not change the delay.</source>
        <translation>相邻帧共用噪声的比例:1 为平静,0 为活跃。不影响延迟。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>More steps draw finer, and each adds about the model's time to a frame.</source>
        <translation>步数越多画得越细,每一步都会让每帧多花约一份模型时间。</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>收起</translation>
    </message>
</context>
<context>
    <name>EnginePage</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>计算设备</translation>
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
        <translation>下一步</translation>
    </message>
    <message>
        <source>I understand</source>
        <translation>我明白了</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>FitButton</name>
    <message>
        <source>Mirror, crop, rotate</source>
        <translation>镜像、裁剪、旋转</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Crop to fill</source>
        <translation>裁剪填满</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Upright</source>
        <translation>不旋转</translation>
    </message>
    <message>
        <source>Turn by {0}°</source>
        <translation>旋转 {0}°</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>As the system</source>
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
        <source>Closing the window leaves the stream on, in the tray</source>
        <translation>关闭窗口后在托盘中继续直播</translation>
    </message>
    <message>
        <source>Folder for recordings</source>
        <translation>录像文件夹</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录像</translation>
    </message>
</context>
<context>
    <name>LatencyGraph</name>
    <message>
        <source>Delay over the last ten seconds</source>
        <translation>最近十秒的延迟</translation>
    </message>
    <message>
        <source>{0} ms: capture {1}, engine {2}, publish {3}</source>
        <translation>{0} 毫秒:采集 {1},模型 {2},输出 {3}</translation>
    </message>
</context>
<context>
    <name>LatencyMeter</name>
    <message>
        <source>median · 95 %: {0} ms</source>
        <translation>中位数 · 95 %:{0} 毫秒</translation>
    </message>
    <message>
        <source>{0} dropped</source>
        <translation>丢弃 {0}</translation>
    </message>
    <message>
        <source>capture {0} · model {1} · out {2}</source>
        <translation>采集 {0} · 模型 {1} · 输出 {2}</translation>
    </message>
    <message>
        <source>The delay is shown here while you are live.</source>
        <translation>直播时在此显示延迟。</translation>
    </message>
    <message>
        <source>Copy {0} ms: delay your microphone by so much in OBS or Discord, and the lips match</source>
        <translation>复制 {0} 毫秒:在 OBS 或 Discord 中把麦克风延迟这么多,口型就能对上</translation>
    </message>
</context>
<context>
    <name>LogDialog</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>The report has versions, devices and the log; no pictures, no names.</source>
        <translation>报告包含版本、设备和日志;不含画面和姓名。</translation>
    </message>
    <message>
        <source>Copy a report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>LooksMenu</name>
    <message>
        <source>Looks</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Looks (*{0})</source>
        <translation>预设 (*{0})</translation>
    </message>
    <message>
        <source>Save this look…</source>
        <translation>保存当前预设…</translation>
    </message>
    <message>
        <source>Export this look…</source>
        <translation>导出当前预设…</translation>
    </message>
    <message>
        <source>Import a look…</source>
        <translation>导入预设…</translation>
    </message>
    <message>
        <source>Forget a look</source>
        <translation>删除预设</translation>
    </message>
    <message>
        <source>Save this look</source>
        <translation>保存当前预设</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Export this look</source>
        <translation>导出当前预设</translation>
    </message>
    <message>
        <source>Import a look</source>
        <translation>导入预设</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Snapshot saved</source>
        <translation>快照已保存</translation>
    </message>
    <message>
        <source>Recording saved</source>
        <translation>录像已保存</translation>
    </message>
    <message>
        <source>First steps…</source>
        <translation>入门…</translation>
    </message>
    <message>
        <source>The system webcam…</source>
        <translation>系统摄像头…</translation>
    </message>
    <message>
        <source>Log…</source>
        <translation>日志…</translation>
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
    <name>MarkRows</name>
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
        <source>Show the mark</source>
        <translation>显示标记</translation>
    </message>
    <message>
        <source>Turn it off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>The law may ask you to say that a picture is made by AI: in the European Union, Article 50 of the AI Act. Without the mark, saying so is up to you.</source>
        <translation>法律可能要求您说明画面由 AI 生成:在欧盟,依据《人工智能法案》第 50 条。没有标记时,需要由您自己说明。</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Put this message away</source>
        <translation>收起此消息</translation>
    </message>
</context>
<context>
    <name>OnAirPage</name>
    <message>
        <source>A card with a few words</source>
        <translation>带文字的卡片</translation>
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
        <source>Words on the card</source>
        <translation>卡片上的文字</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>It goes out while nothing styled does. It is never made from the camera.</source>
        <translation>没有风格化画面时播出它。它绝不会取自摄像头。</translation>
    </message>
    <message>
        <source>AI mark</source>
        <translation>AI 标记</translation>
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
    <name>OnAirPane</name>
    <message>
        <source>What goes on air</source>
        <translation>播出内容</translation>
    </message>
    <message>
        <source>Show the original</source>
        <translation>显示原始画面</translation>
    </message>
    <message>
        <source>Puts your untouched camera picture on air until this session ends.</source>
        <translation>在本次直播结束前播出未经处理的摄像头画面。</translation>
    </message>
    <message>
        <source>The system webcam…</source>
        <translation>系统摄像头…</translation>
    </message>
    <message>
        <source>How other programs find the camera</source>
        <translation>其他程序如何找到摄像头</translation>
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
    <name>PageDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
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
        <source>Panic: the placeholder is on air</source>
        <translation>紧急:正在播出占位画面</translation>
    </message>
    <message>
        <source>The untouched camera picture is on air</source>
        <translation>正在播出未经处理的摄像头画面</translation>
    </message>
    <message>
        <source>Other programs see the placeholder.</source>
        <translation>其他程序看到的是占位画面。</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Gathering the first frames</source>
        <translation>正在收集最初几帧</translation>
    </message>
    <message>
        <source>Nobody is watching; the model rests.</source>
        <translation>没有人在看,模型休息中。</translation>
    </message>
    <message>
        <source>The placeholder is out meanwhile.</source>
        <translation>其间播出占位画面。</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
</context>
<context>
    <name>ProgramsGuide</name>
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
        <source>Others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Wherever a camera can be chosen. Reopen the program if it is not listed.</source>
        <translation>任何可以选择摄像头的地方。如果列表中没有,请重新打开该程序。</translation>
    </message>
</context>
<context>
    <name>ProgramsPage</name>
    <message>
        <source>Choose “{0}” in your program</source>
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
        <source>What the picture should look like, in English. It does not change the delay.</source>
        <translation>用英文描述想要的画面。不影响延迟。</translation>
    </message>
    <message>
        <source>Reset {0}</source>
        <translation>重置{0}</translation>
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
        <source>Drawing yourself in another style, live: for streams, calls, teaching, art, and for keeping your own face to yourself.</source>
        <translation>实时以另一种风格描绘自己:用于直播、通话、教学、艺术,也可以不露出自己的面孔。</translation>
    </message>
    <message>
        <source>What it is not for</source>
        <translation>不可用于</translation>
    </message>
    <message>
        <source>Passing as somebody else, or making people believe that something happened which did not.</source>
        <translation>冒充他人,或让人相信并未发生的事情。</translation>
    </message>
    <message>
        <source>Everybody in the picture</source>
        <translation>画面中的每个人</translation>
    </message>
    <message>
        <source>Ask those who can be seen before you put them on air or record them.</source>
        <translation>播出或录制之前,请征得画面中每个人的同意。</translation>
    </message>
    <message>
        <source>It says what it is</source>
        <translation>表明身份</translation>
    </message>
    <message>
        <source>An “AI” mark stands in a corner of the picture. Recordings and snapshots carry in their data that they are AI-generated. Everything is computed on this computer; no picture leaves it but through the camera you choose.</source>
        <translation>画面一角有“AI”标记。录像和快照的数据中注明由 AI 生成。一切都在本机计算;除了您选择的摄像头输出,没有画面离开这台电脑。</translation>
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
        <source>Throw another seed</source>
        <translation>换一个种子</translation>
    </message>
    <message>
        <source>Keep this seed at every start</source>
        <translation>每次开始都保持这个种子</translation>
    </message>
    <message>
        <source>The noise the picture grows from. Another seed draws other details.</source>
        <translation>生成画面的噪声。换一个种子会画出不同的细节。</translation>
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
        <source>On air</source>
        <translation>播出</translation>
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
        <source>See the camera picture while held</source>
        <translation>按住查看摄像头画面</translation>
    </message>
    <message>
        <source>Choose one of the first nine styles</source>
        <translation>选择前九种风格之一</translation>
    </message>
    <message>
        <source>On the compare line: move it</source>
        <translation>在对比线上:移动</translation>
    </message>
    <message>
        <source>On a style: make it a favourite</source>
        <translation>在风格上:设为收藏</translation>
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
        <source>What the camera is asked for. A higher rate shortens the delay a little.</source>
        <translation>向摄像头请求的格式。更高的帧率会略微缩短延迟。</translation>
    </message>
    <message>
        <source>Picture size</source>
        <translation>画面尺寸</translation>
    </message>
    <message>
        <source>The size the model works at. Smaller is quicker, larger shows more.</source>
        <translation>模型的工作尺寸。小则快,大则细节多。</translation>
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
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>{0} (not connected)</source>
        <translation>{0}(未连接)</translation>
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
    <name>StylePage</name>
    <message>
        <source>Choose a style</source>
        <translation>选择风格</translation>
    </message>
    <message>
        <source>Measuring this computer…</source>
        <translation>正在测量这台电脑…</translation>
    </message>
    <message>
        <source>This computer does {0} frames/s at {1}.</source>
        <translation>这台电脑在 {1} 下每秒 {0} 帧。</translation>
    </message>
    <message>
        <source>{0} is chosen, which runs more smoothly.</source>
        <translation>已选择更流畅的 {0}。</translation>
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
</context>
<context>
    <name>TakeButtons</name>
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
        <source>The placeholder goes out at once, until you release it.</source>
        <translation>立即播出占位画面,直到您解除。</translation>
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
    <name>VideoView</name>
    <message>
        <source>Preview of the stream</source>
        <translation>直播预览</translation>
    </message>
</context>
<context>
    <name>WebcamDialog</name>
    <message>
        <source>The system webcam</source>
        <translation>系统摄像头</translation>
    </message>
    <message>
        <source>Coming up</source>
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
        <source>Starting again</source>
        <translation>正在重新启动</translation>
    </message>
    <message>
        <source>Another program is using “{0}”.</source>
        <translation>另一个程序正在使用“{0}”。</translation>
    </message>
    <message>
        <source>Choose “{0}” as your camera:</source>
        <translation>选择“{0}”作为摄像头:</translation>
    </message>
</context>
<context>
    <name>_Lack</name>
    <message>
        <source>Copy the remedy</source>
        <translation>复制解决办法</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Go live or stop</source>
        <translation>开始或停止直播</translation>
    </message>
    <message>
        <source>Panic, or release</source>
        <translation>紧急,或解除</translation>
    </message>
    <message>
        <source>Save a snapshot</source>
        <translation>保存快照</translation>
    </message>
    <message>
        <source>Record, or stop recording</source>
        <translation>录制,或停止录制</translation>
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
        <source>Hide or show the side</source>
        <translation>显示或隐藏侧栏</translation>
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
        <source>Small and quick: runs on an ordinary laptop without a graphics card, with the styles it was trained for.</source>
        <translation>小而快:在没有独立显卡的普通笔记本上运行,提供训练过的风格。</translation>
    </message>
    <message>
        <source>Live2Diff (Stable Diffusion 1.5)</source>
        <translation>Live2Diff(Stable Diffusion 1.5)</translation>
    </message>
    <message>
        <source>The published networks, for a computer with a strong graphics card: any look you can put into words, and styles of your own.</source>
        <translation>公开发布的网络,适合有强劲显卡的电脑:任何可以描述的外观,以及您自己的风格。</translation>
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
        <source>Clean flat areas, thin dark lines, bright eyes.</source>
        <translation>干净的平面、纤细的深色线条、明亮的眼睛。</translation>
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
        <source>Poster</source>
        <translation>海报</translation>
    </message>
    <message>
        <source>A few bold colours in large shapes.</source>
        <translation>大块面上的少量鲜明色彩。</translation>
    </message>
    <message>
        <source>Neon</source>
        <translation>霓虹</translation>
    </message>
    <message>
        <source>Glowing outlines in a deep blue night.</source>
        <translation>深蓝夜色中的发光轮廓。</translation>
    </message>
    <message>
        <source>Your words</source>
        <translation>您的文字</translation>
    </message>
    <message>
        <source>The base model and nothing else: the look is what you write.</source>
        <translation>只有基础模型:外观由您的文字决定。</translation>
    </message>
    <message>
        <source>3D cartoon</source>
        <translation>3D 卡通</translation>
    </message>
    <message>
        <source>Rounded shapes and soft light, as in an animated feature film.</source>
        <translation>圆润的造型与柔和的光线,如动画长片。</translation>
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
    <name>messages</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Use the demo</source>
        <translation>使用演示</translation>
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
        <source>Other programs cannot see the picture yet: there is no system webcam.</source>
        <translation>其他程序还看不到画面:没有系统摄像头。</translation>
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
        <source>Trouble</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>No picture is coming in.</source>
        <translation>没有画面输入。</translation>
    </message>
    <message>
        <source>The picture cannot be handed on.</source>
        <translation>画面无法输出。</translation>
    </message>
    <message>
        <source>The model does not run.</source>
        <translation>模型无法运行。</translation>
    </message>
    <message>
        <source>The chosen computing device does not work.</source>
        <translation>所选的计算设备无法工作。</translation>
    </message>
    <message>
        <source>A download failed.</source>
        <translation>下载失败。</translation>
    </message>
    <message>
        <source>This setting does not work.</source>
        <translation>此设置不可用。</translation>
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
        <source>The camera gives {0} frames a second.</source>
        <translation>摄像头每秒提供 {0} 帧。</translation>
    </message>
    <message>
        <source>The model takes {0} ms a frame</source>
        <translation>模型每帧需要 {0} 毫秒</translation>
    </message>
    <message>
        <source>{0} would take about {1} ms.</source>
        <translation>{0} 约需 {1} 毫秒。</translation>
    </message>
    <message>
        <source>Gathering the first frames</source>
        <translation>正在收集最初几帧</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>正在下载</translation>
    </message>
    <message>
        <source>Camera is coming up</source>
        <translation>摄像头正在启动</translation>
    </message>
    <message>
        <source>No system webcam</source>
        <translation>没有系统摄像头</translation>
    </message>
    <message>
        <source>Camera restarts</source>
        <translation>摄像头正在重启</translation>
    </message>
    <message>
        <source>Being watched</source>
        <translation>正在被观看</translation>
    </message>
    <message>
        <source>Nobody watching</source>
        <translation>没有人在看</translation>
    </message>
    <message>
        <source>Camera ready</source>
        <translation>摄像头就绪</translation>
    </message>
</context>
</TS>
