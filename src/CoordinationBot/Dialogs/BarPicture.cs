using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace CoordinationBot.Dialogs;

/// <summary>Bars as a picture, for clients that draw no charts. There is no text in it: that would need fonts, and stands on the card.</summary>
internal static class BarPicture
{
    private const int Width = 480;
    private const int Height = 120;
    private const int Line = 2;

    // Both are seen on white and on black.
    private static readonly Rgba32 Bars = new(0x5B, 0x6F, 0xD6);
    private static readonly Rgba32 Floor = new(0x8A, 0x8A, 0x8A);
    private static readonly PngEncoder Encoder = new() { ColorType = PngColorType.Palette, CompressionLevel = PngCompressionLevel.BestCompression };

    /// <summary>A <c>data:</c> address with bars that stand beside each other, the longest as high as the picture; none is longer than nothing.</summary>
    public static string Address(IReadOnlyList<double> values)
    {
        using var picture = new Image<Rgba32>(Width, Height);
        var longest = values.DefaultIfEmpty().Max();
        for (var index = 0; index < values.Count; index++)
        {
            // A third of each one's room is left free.
            var (from, room) = (index * Width / values.Count, Width / values.Count);
            var height = longest > 0 ? (int)Math.Round(Math.Max(values[index], 0) / longest * (Height - Line)) : 0;
            Fill(picture, from + room / 6, from + room - room / 6, Height - Line - height, Height - Line, Bars);
        }
        Fill(picture, 0, Width, Height - Line, Height, Floor);
        using var png = new MemoryStream();
        picture.SaveAsPng(png, Encoder);
        return $"data:image/png;base64,{Convert.ToBase64String(png.GetBuffer(), 0, (int)png.Length)}";
    }

    private static void Fill(Image<Rgba32> picture, int left, int right, int top, int bottom, Rgba32 colour) => picture.ProcessPixelRows(rows =>
    {
        for (var row = top; row < bottom; row++)
        {
            rows.GetRowSpan(row)[left..right].Fill(colour);
        }
    });
}
